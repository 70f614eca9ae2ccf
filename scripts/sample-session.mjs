// Answers like the API of a session, so that a pack's exercises can ask for objects while the program is built.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const object = i => ({
  apiVersion: 'tilt.dev/v1alpha1',
  kind: 'UIResource',
  metadata: {
    name: `res-${i}`,
    uid: `5f0c${i}`,
    resourceVersion: String(i + 1),
    creationTimestamp: '2024-01-01T00:00:00Z',
    labels: { app: 'web' },
  },
  status: {
    updateStatus: 'ok',
    runtimeStatus: 'not_applicable',
    order: i,
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

const objects = Array.from({ length: 200 }, (_, i) => object(i));
const table = {
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: { resourceVersion: '1' },
  columnDefinitions: [
    { name: 'Name', type: 'string', priority: 0 },
    { name: 'Created At', type: 'date', priority: 0 },
    { name: 'Status', type: 'string', priority: 1 },
  ],
  rows: objects.map(({ metadata }) => ({
    cells: [metadata.name, metadata.creationTimestamp, 'ok'],
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
  })),
};

function answer(request) {
  if (request.headers.accept.includes('as=Table')) return table;
  if (request.url.endsWith('/res-1')) return objects[1];
  return {
    kind: 'UIResourceList',
    apiVersion: 'tilt.dev/v1alpha1',
    metadata: { resourceVersion: '1' },
    items: objects,
  };
}

/** Starts it on a socket in the state directory, with an entry by which commands find it. */
export async function startSampleSession(stateDirectory) {
  const socket = path.join(stateDirectory, 'api.sock');
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer(request)));
  });
  fs.rmSync(socket, { force: true });
  await new Promise((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  const config = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: c2FtcGxl
    extensions:
    - extension:
        path: ${socket}
      name: tilt-terminal/socket
    server: https://127.0.0.1:1
  name: tilt-default
contexts:
- context:
    cluster: tilt-default
    user: tilt-default
  name: tilt-default
current-context: ""
kind: Config
preferences: {}
users:
- name: tilt-default
  user:
    token: sample
`;
  fs.writeFileSync(path.join(stateDirectory, 'config'), config, { mode: 0o600 });
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
