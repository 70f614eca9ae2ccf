// What is said of objects whose data is not of their type, and what else their types make of it; the words are those of
// Kubernetes' own readers.
import test from 'ava';
import { readEntities } from '../../../src/domain/kubernetes/read-entities.ts';
import { writeEntities } from '../../../src/domain/kubernetes/write-entities.ts';
import { loadYamlLibrary } from '../../../src/domain/yaml/library.ts';

test.before(() => loadYamlLibrary());

const head = (version: string, kind: string): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: web}\n`;
const service = (spec: string): string => `${head('v1', 'Service')}spec: {${spec}}`;
const pod = (spec: string): string => `${head('v1', 'Pod')}spec: {${spec}}`;
const probe = (port: string): string => pod(`containers: [{livenessProbe: {httpGet: {port: ${port}}}}]`);
const configMap = (metadata: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, ${metadata}}`;
const lease = (time: string): string => `${head('coordination.k8s.io/v1', 'Lease')}spec: {renewTime: "${time}"}`;

const schema = (text: string): string =>
  `${head('apiextensions.k8s.io/v1', 'CustomResourceDefinition')}spec: {versions: [{schema: {openAPIV3Schema: {${text}}}}]}`;

const into = (what: string, field: string, type: string): string =>
  `json: cannot unmarshal ${what} into Go struct field ${field} of type ${type}`;

const refused: readonly (readonly [text: string, problem: string])[] = [
  // Numbers that are too large, or none.
  [
    `${head('apps/v1', 'Deployment')}spec: {replicas: 3000000000}`,
    `decoding Deployment "web": ${into('number 3000000000', 'DeploymentSpec.spec.replicas', 'int32')}`,
  ],
  [
    `${head('apps/v1', 'Deployment')}spec: {replicas: 1.5}`,
    `decoding Deployment "web": ${into('number 1.5', 'DeploymentSpec.spec.replicas', 'int32')}`,
  ],
  [
    service('ports: [{port: 99999999999}]'),
    `decoding Service "web": ${into('number 99999999999', 'ServicePort.spec.ports.port', 'int32')}`,
  ],
  [
    pod('terminationGracePeriodSeconds: 9223372036854775808'),
    `decoding Pod "web": ${into('number 9223372036854775808', 'PodSpec.spec.terminationGracePeriodSeconds', 'int64')}`,
  ],
  [
    configMap('annotations: {a: 1.5}'),
    `decoding ConfigMap "web": ${into('number', 'ObjectMeta.metadata.annotations', 'string')}`,
  ],
  [
    configMap('annotations: [1]'),
    `decoding ConfigMap "web": ${into('array', 'ObjectMeta.metadata.annotations', 'map[string]string')}`,
  ],
  // Types with names of their own, and structs that are embedded.
  [service('type: 5'), `decoding Service "web": ${into('number', 'ServiceSpec.spec.type', 'v1.ServiceType')}`],
  [
    service('ipFamilies: x'),
    `decoding Service "web": ${into('string', 'ServiceSpec.spec.ipFamilies', '[]v1.IPFamily')}`,
  ],
  [
    pod('volumes: [{name: d, hostPath: x}]'),
    `decoding Pod "web": ${into('string', 'Volume.spec.volumes.VolumeSource.hostPath', 'v1.HostPathVolumeSource')}`,
  ],
  [pod('overhead: 5'), `decoding Pod "web": ${into('number', 'PodSpec.spec.overhead', 'v1.ResourceList')}`],
  [
    `${head('networking.k8s.io/v1', 'Ingress')}spec: {rules: [{http: {paths: [{path: 1}]}}]}`,
    `decoding Ingress "web": ${into('number', 'HTTPIngressPath.spec.rules.IngressRuleValue.http.paths.path', 'string')}`,
  ],
  [
    `${head('networking.k8s.io/v1beta1', 'Ingress')}spec: 5`,
    `decoding Ingress "web": ${into('number', 'Ingress.spec', 'v1beta1.IngressSpec')}`,
  ],
  [
    probe('true'),
    `decoding Pod "web": ${into('bool', 'HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port', 'int32')}`,
  ],
  [
    probe('80.5'),
    `decoding Pod "web": ${into('number 80.5', 'HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port', 'int32')}`,
  ],
  [
    `${head('resource.k8s.io/v1', 'ResourceSlice')}spec: {devices: [{attributes: 5}]}`,
    `decoding ResourceSlice "web": ${into('number', 'Device.spec.devices.attributes', 'map[v1.QualifiedName]v1.DeviceAttribute')}`,
  ],
  [
    `${head('apps/v1', 'StatefulSet')}spec: {volumeClaimTemplates: [{kind: 5}]}`,
    `decoding StatefulSet "web": ${into('number', 'PersistentVolumeClaim.spec.volumeClaimTemplates.TypeMeta.kind', 'string')}`,
  ],
  // Bytes may be a list.
  [`${head('v1', 'Secret')}data: {a: [300]}`, `decoding Secret "web": ${into('number 300', 'Secret.data', 'uint8')}`],
  // Which of several is told: the first by the names of keys, but types that read themselves end the reading.
  [
    `${head('apps/v1', 'Deployment')}spec: {replicas: x, minReadySeconds: z}`,
    `decoding Deployment "web": ${into('string', 'DeploymentSpec.spec.minReadySeconds', 'int32')}`,
  ],
  [
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":"x","minReadySeconds":"y"}}',
    `decoding Deployment "web": ${into('string', 'DeploymentSpec.spec.replicas', 'int32')}`,
  ],
  [
    pod('activeDeadlineSeconds: x, overhead: {cpu: x}'),
    `decoding Pod "web": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
  ],
  // Status is not kept, but read.
  [
    `${head('apps/v1', 'Deployment')}status: {replicas: x}`,
    `decoding Deployment "web": ${into('string', 'DeploymentStatus.status.replicas', 'int32')}`,
  ],
  [
    `${head('v1', 'Pod')}status: {conditions: [{type: 5}], startTime: x}`,
    `decoding Pod "web": parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"`,
  ],
  // Lists, versions and kinds.
  [
    'apiVersion: v1\nkind: List\nitems: x',
    `decoding List "": ${into('string', 'List.items', '[]runtime.RawExtension')}`,
  ],
  [
    'apiVersion: v1\nkind: PodList\nitems:\n- status: {phase: 3}',
    `decoding PodList "": ${into('number', 'PodStatus.items.status.phase', 'v1.PodPhase')}`,
  ],
  [head('a/b/c', 'X'), 'unexpected GroupVersion string: a/b/c'],
  [
    head('1', 'ConfigMap'),
    `decoding ConfigMap "web": couldn't get version/kind; json parse error: ${into('number', '.apiVersion', 'string')}`,
  ],
  [head('1', '[2]'), `couldn't get version/kind; json parse error: ${into('number', '.apiVersion', 'string')}`],
  [
    head('a/', 'X'),
    `decoding X "web": Object 'apiVersion' is missing in '{"apiVersion":"a/","kind":"X","metadata":{"name":"web"}}'`,
  ],
  // Schemas that may be something else read themselves.
  [schema('additionalProperties: 5'), 'decoding CustomResourceDefinition "web": boolean or JSON schema expected'],
  [
    schema('properties: {a: {items: {externalDocs: {url: 5}}}}'),
    `decoding CustomResourceDefinition "web": ${into('number', 'JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.items.externalDocs.url', 'string')}`,
  ],
  // Times.
  [
    configMap('creationTimestamp: foo'),
    'decoding ConfigMap "web": parsing time "foo" as "2006-01-02T15:04:05Z07:00": cannot parse "foo" as "2006"',
  ],
  [
    configMap('creationTimestamp: 5'),
    `decoding ConfigMap "web": ${into('number', 'ObjectMeta.metadata.creationTimestamp', 'string')}`,
  ],
  [
    `${head('v1', 'Event')}firstTimestamp: 2020-01-01`,
    'decoding Event "web": parsing time "2020-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"',
  ],
  [
    configMap('creationTimestamp: "2020-13-01T00:00:00Z"'),
    'decoding ConfigMap "web": parsing time "2020-13-01T00:00:00Z": month out of range',
  ],
  [
    configMap('creationTimestamp: "2020-02-30T00:00:00Z"'),
    'decoding ConfigMap "web": parsing time "2020-02-30T00:00:00Z": day out of range',
  ],
  [
    configMap('creationTimestamp: "2020-01-01T00:00:00+0200"'),
    'decoding ConfigMap "web": parsing time "2020-01-01T00:00:00+0200" as "2006-01-02T15:04:05Z07:00": cannot parse "+0200" as "Z07:00"',
  ],
  [
    configMap('creationTimestamp: "2020-01-01T00:00:00Zx"'),
    'decoding ConfigMap "web": parsing time "2020-01-01T00:00:00Zx": extra text: "x"',
  ],
  [
    lease('2020-01-01T00:00:00.5Z'),
    'decoding Lease "web": parsing time "2020-01-01T00:00:00.5Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse ".5Z" as ".000000"',
  ],
];

for (const [text, problem] of refused) {
  test(`types › refuses ${JSON.stringify(text)}`, t => {
    t.is(t.throws(() => readEntities(text)).message, problem);
  });
}

const accepted: readonly (readonly [text: string, written: string])[] = [
  [lease('2020-01-01T03:00:00.500000+01:00'), 'spec:\n  renewTime: "2020-01-01T02:00:00.500000Z"\n'],
  [
    configMap('creationTimestamp: "2020-01-01T1:00:00.5-02:30"'),
    'metadata:\n  creationTimestamp: "2020-01-01T03:30:00Z"\n  name: web\n',
  ],
  [
    'apiVersion: v1\nkind: ConfigMapList\nitems: [{metadata: {name: a}, foo: 1}]',
    'items:\n- metadata:\n    name: a\nkind: ConfigMapList\nmetadata: {}\n',
  ],
  [
    '{"apiVersion":"a.b/v1","kind":"Foo","h":[9007199254740993,-9223372036854775808,1.50,1e2]}',
    'h:\n- 9007199254740993\n- -9223372036854775808\n- 1.5\n- 100\n',
  ],
  ['apiVersion: v1\nkind: PodList\nitems: [{spec: {}}]', '  spec:\n    containers: null\n'],
  [`${head('v1', 'Secret')}data: {a: [104, 105]}`, 'data:\n  a: aGk=\n'],
  [
    `${head('a.b/v1', 'Foo')}h: [12345678901234567890, 9223372036854775807, 1e20]`,
    'h:\n- 12345678901234567000\n- 9223372036854775807\n- 1e+20\n',
  ],
  [configMap('creationTimestamp: "0001-01-01T00:00:00Z"'), '  creationTimestamp: null\n'],
  [`${head('v1', 'Event')}`, 'eventTime: null\n'],
  [
    schema('items: {type: x, foo: 1}'),
    '      openAPIV3Schema:\n        items:\n          type: x\n    served: false\n',
  ],
  [`${head('apps/v1', 'ControllerRevision')}`, 'data: null\n'],
  [`${head('apps/v1', 'Deployment')}status: {replicas: 3}`, 'metadata:\n  name: web\nspec:\n'],
];

for (const [text, written] of accepted) {
  test(`types › writes ${JSON.stringify(text)}`, t => {
    const got = writeEntities(readEntities(text));
    t.true(got.includes(written), got);
    t.notRegex(got, /status/);
  });
}
