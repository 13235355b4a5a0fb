// Calls to Duncan's own interface. The header is what another site cannot set: it is our guard against forged requests.

/** @param {string} path @param {{ method?: string, body?: unknown }} [options] @returns {Promise<any>} */
export async function call(path, { method = 'GET', body } = {}) {
  const response = await fetch(`/api${path}`, {
    method,
    headers: { 'x-duncan': '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (response.status === 401 && path !== '/sign-in') {
    const isStart = location.pathname === '/'
    location.assign(isStart ? '/sign-in' : `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
    throw new Error('signed out')
  }
  if (!response.ok) throw Object.assign(new Error(`${path}: ${response.status}`), { status: response.status })
  return response.status === 204 ? undefined : response.json()
}
