// Answers like a Kubernetes cluster that holds every object it is asked to delete, so that a pack's exercises can take
// something down while the program is built.
import fs from 'node:fs';
import http from 'node:http';

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const groups = {
  '/api/v1': { groupVersion: 'v1', resources: [{ name: 'services', kind: 'Service', namespaced: true, verbs }] },
  '/apis/apps/v1': {
    groupVersion: 'apps/v1',
    resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs }],
  },
};

function answer({ method, url }) {
  const [path] = url.split('?');
  if (path === '/version') return { major: '1', minor: '33', gitVersion: 'v1.33.0' };
  if (groups[path]) return { kind: 'APIResourceList', apiVersion: 'v1', ...groups[path] };
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {} };
  if (method === 'DELETE') return { ...status, status: 'Success', details: { uid: path } };
  // Watches and lists find nothing of what was deleted.
  if (/s$/.test(path)) return { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '2' }, items: [] };
  return { ...status, status: 'Failure', reason: 'NotFound', code: 404 };
}

/** Starts it on loopback and writes a kubeconfig that names it. */
export async function startSampleCluster(kubeconfig) {
  const server = http.createServer((request, response) => {
    const body = answer(request);
    request.resume();
    response.writeHead(body.code ?? 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const config = `apiVersion: v1
clusters:
- cluster:
    server: http://127.0.0.1:${server.address().port}
  name: kind-sample
contexts:
- context:
    cluster: kind-sample
    user: sample
  name: kind-sample
current-context: kind-sample
kind: Config
users:
- name: sample
  user:
    token: sample
`;
  fs.writeFileSync(kubeconfig, config, { mode: 0o600 });
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
