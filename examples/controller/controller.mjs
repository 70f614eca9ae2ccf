// A program beside tilt that reacts to what tilt applies. It watches the KubernetesApply objects of a running session and
// keeps a ConfigMap, `applied`, with the time of the last apply of each: something for a script, a badge or a light.
//
//     tilt up                       # in one terminal
//     npm install && npm start      # here, in another
//     tilt get cm applied -o yaml
//
// It knows nothing of tilt but the kubeconfig that a session writes: any Kubernetes client in any language can do this.
import os from 'node:os';
import path from 'node:path';
import { CustomObjectsApi, KubeConfig, makeInformer } from '@kubernetes/client-node';

const api = { group: 'tilt.dev', version: 'v1alpha1' };
const configMap = 'applied';

const config = new KubeConfig();
config.loadFromFile(path.join(process.env.TILT_DEV_DIR ?? path.join(os.homedir(), '.tilt-dev'), 'config'));
const port = process.env.TILT_PORT ?? '10350';
config.setCurrentContext(port === '10350' ? 'tilt-default' : `tilt-${port}`);
const objects = config.makeApiClient(CustomObjectsApi);

/** Name of a resource -> time of its last apply. */
const applied = new Map();

/** Writes the ConfigMap: creates it the first time, later changes its data. */
async function publish() {
  const body = { apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name: configMap } };
  const data = Object.fromEntries(applied);
  try {
    const now = await objects.getClusterCustomObject({ ...api, plural: 'configmaps', name: configMap });
    await objects.replaceClusterCustomObject({ ...api, plural: 'configmaps', name: configMap, body: { ...now, data } });
  } catch (error) {
    if (error.code !== 404) throw error;
    await objects.createClusterCustomObject({ ...api, plural: 'configmaps', body: { ...body, data } });
  }
}

/** One write at a time; what changes meanwhile goes into the next. */
let writing = Promise.resolve();
function changed(name, time) {
  if (time) applied.set(name, time);
  else applied.delete(name);
  writing = writing.then(publish).catch(error => console.error(`cannot write ${configMap}: ${error.message}`));
}

const informer = makeInformer(config, '/apis/tilt.dev/v1alpha1/kubernetesapplys', () =>
  objects.listClusterCustomObject({ ...api, plural: 'kubernetesapplys' }),
);
for (const event of ['add', 'update']) {
  informer.on(event, object => {
    const { name } = object.metadata;
    const { lastApplyTime, error } = object.status ?? {};
    if (error) console.log(`${name}: ${error}`);
    if (!lastApplyTime || applied.get(name) === lastApplyTime) return;
    console.log(`${name} was applied at ${lastApplyTime}`);
    changed(name, lastApplyTime);
  });
}
informer.on('delete', object => {
  console.log(`${object.metadata.name} is gone`);
  changed(object.metadata.name, undefined);
});
informer.on('error', error => {
  console.error(`the session cannot be reached: ${error.message ?? error}`);
  setTimeout(() => informer.start(), 1000);
});
await informer.start();
console.log(`watching KubernetesApply objects of ${config.getCurrentContext()}`);
