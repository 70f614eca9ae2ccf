export { type ConnectOptions, connectKube, makeConnectKube } from './connect.ts';
export { localhostIsIpv4 } from './localhost.ts';
export * from './port.ts';
