// Fields of the Compose kinds: DockerComposeLogStream, DockerComposeService. Facts of reference 3.1 to 3.20; how a field is written: schema.ts.
import type { TypeTable } from './schema-types.ts';

export const composeTypes = {
  DockerComposeLogStream: { spec: 'DockerComposeLogStreamSpec', status: 'DockerComposeLogStreamStatus' },
  DockerComposeLogStreamSpec: { project: 'DockerComposeProject!', service: 'string!', sinceTime: 'Time' },
  DockerComposeLogStreamStatus: { error: 'string', startedAt: 'MicroTime' },
  DockerComposeService: { spec: 'DockerComposeServiceSpec', status: 'DockerComposeServiceStatus' },
  DockerComposeServiceSpec: {
    disableSource: 'DisableSource',
    imageMaps: '[]string',
    project: 'DockerComposeProject!',
    service: 'string!',
  },
  DockerComposeServiceStatus: {
    applyError: 'string',
    containerID: 'string',
    containerName: 'string',
    containerState: 'DockerContainerState',
    disableStatus: 'DisableStatus',
    lastApplyFinishTime: 'MicroTime',
    lastApplyStartTime: 'MicroTime',
    portBindings: '[]DockerPortBinding',
  },
  DockerContainerState: {
    error: 'string',
    exitCode: 'int32',
    finishedAt: 'MicroTime',
    healthStatus: 'string',
    running: 'bool',
    startedAt: 'MicroTime',
    status: 'string',
  },
  DockerPortBinding: { containerPort: 'int32', hostIP: 'string', hostPort: 'int32' },
} as const satisfies TypeTable;
