// One request, one check.
import assert from 'node:assert/strict';

const url = process.env.URL ?? 'http://localhost:8765/';
const answer = await fetch(url);
assert.equal(answer.status, 200);
const text = (await answer.text()).trim();
assert.notEqual(text, '');
console.log(`passed: the server said ${text}`);
