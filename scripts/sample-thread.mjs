// Asks the thread of a Tiltfile, run here instead of in a thread, to load the Tiltfile of the working directory.
import path from 'node:path';
import worker from 'node:worker_threads';

/** `load` gets what gives Node's modules to the pack. Rejects when the load fails. */
export function loadInSampleThread(load) {
  const { port1, port2 } = new worker.MessageChannel();
  const parentPort = port2;
  load(name => (name === 'node:worker_threads' ? { ...worker, parentPort } : process.getBuiltinModule(name)));
  const answers = new worker.MessageChannel();
  port1.postMessage({ request: requestHere(), fetchedRepos: [], keepsExitCallback: false, ...standing(answers) }, [
    answers.port2,
  ]);
  return new Promise((resolve, reject) => {
    port1.on('message', message => {
      if (message.kind === 'bug') reject(new Error(message.stack));
      if (message.kind !== 'result') return;
      const { error } = JSON.parse(message.json);
      if (error) reject(new Error(JSON.stringify(error)));
      resolve();
    });
  });
}

const standing = answers => ({ answered: new Int32Array(new SharedArrayBuffer(4)), port: answers.port2 });

function requestHere() {
  return {
    name: '(Tiltfile)',
    path: path.resolve('Tiltfile'),
    args: [],
    subcommand: 'up',
    argv: ['tilt', 'up'],
    executable: 'tilt',
    kubeContext: '',
    kubeNamespace: '',
    webHost: 'localhost',
    webPort: 10350,
  };
}
