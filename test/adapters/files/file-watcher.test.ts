import { makeFileWatcher } from '../../../src/adapters/files/index.ts';
import { testFiles, testTrees } from './watch-contract.ts';

testTrees('folders', () => makeFileWatcher({ trees: 'folders' }), true);
testFiles('files', () => makeFileWatcher());
if (process.platform === 'darwin') testTrees('recursive', () => makeFileWatcher({ trees: 'recursive' }), false);
