// @ts-check

/**
 * The proxy settings that downloads obey: the environment's own, else npm's (`npm config set https-proxy …`), which npm hands to its scripts.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ HTTPS_PROXY?: string, HTTP_PROXY?: string, NO_PROXY?: string }} only what is set. An address may hold a password: hash it, never print it
 */
export function proxies(env) {
  const https = env.https_proxy || env.HTTPS_PROXY || env.npm_config_https_proxy || env.npm_config_proxy;
  const http = env.http_proxy || env.HTTP_PROXY || env.npm_config_proxy;
  const except = env.no_proxy || env.NO_PROXY || env.npm_config_noproxy;
  return {
    ...(https ? { HTTPS_PROXY: https } : {}),
    ...(http ? { HTTP_PROXY: http } : {}),
    ...(except ? { NO_PROXY: except } : {}),
  };
}
