// Tilt leaves the output files of custom builds out of every watch.
import test from 'ava';
import { globalIgnores } from '../../src/controllers/global-ignores.ts';
import { loadText } from '../tiltfile/load-text.ts';

test('settings and output files of builds', async t => {
  const { result, folder } = await loadText(
    t,
    `watch_settings(ignore='tmp')
custom_build('img', 'make', ['src'], outputs_image_ref_to='out/ref.txt')
custom_build('unused', 'make', ['src'], outputs_image_ref_to='out/unused.txt')
k8s_yaml(blob("""
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: img}]}
"""))
`,
  );
  t.deepEqual(globalIgnores(result), [
    { basePath: folder, patterns: ['tmp'] },
    { basePath: `${folder}/out`, patterns: ['ref.txt'] },
  ]);
});
