// Connections that go through a proxy.
import type http from 'node:http';
import type https from 'node:https';

/** `isSecure`: what is behind the proxy speaks TLS. */
export async function makeProxyAgent(proxy: URL, isSecure: boolean, options: https.AgentOptions): Promise<http.Agent> {
  if (proxy.protocol.startsWith('socks')) {
    // A CommonJS library: bundled, it has its exports below `default` alone.
    const { default: socks } = await import('socks-proxy-agent');
    return new socks.SocksProxyAgent(proxy, options);
  }
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  return isSecure ? new HttpsProxyAgent({ ...options, proxy }) : new HttpProxyAgent({ ...options, proxy });
}
