// Asks the server for a greeting every few seconds.
const url = process.env.URL ?? 'http://localhost:8765/';

async function greet() {
  try {
    const answer = await fetch(url);
    console.log(`heard: ${(await answer.text()).trim()}`);
  } catch (error) {
    console.log(`\x1b[33mno answer\x1b[0m: ${error.cause?.message ?? error.message}`);
  }
}

console.log(`listening to ${url}`);
await greet();
setInterval(greet, 3000);
