const tryAgainAfter = 5000

/**
 * Hears of new and changed posts. The browser connects again by itself; what was missed meanwhile is then loaded anew. When the reader
 * may see or do something else than before, the page starts anew; when they are signed out, it leads to the sign-in.
 * @param {{ rights?: string, onPost?: (notice: any) => void, onResync?: () => void, onBeat?: () => void, onState?: (live: boolean) => void }} told
 */
export function listen({ rights, onPost, onResync, onBeat, onState }) {
  let wasLost = false
  /** @type {EventSource} */
  let source
  connect()
  addEventListener('pagehide', () => source.close())

  function connect() {
    source = new EventSource('/api/events')
    source.addEventListener('hello', event => {
      if (isAnother(event)) return
      onState?.(true)
      if (wasLost) onResync?.()
      wasLost = false
    })
    source.addEventListener('post', event => onPost?.(JSON.parse(event.data)))
    source.addEventListener('resync', () => onResync?.())
    source.addEventListener('beat', event => isAnother(event) || onBeat?.())
    source.addEventListener('error', () => {
      wasLost = true
      onState?.(false)
      // An answer that is no stream ends the browser's own attempts.
      if (source.readyState === EventSource.CLOSED) void askAgain()
    })
  }

  function isAnother(/** @type {MessageEvent} */ { data }) {
    const { as } = JSON.parse(data)
    const before = rights
    rights = as
    if (before === undefined || before === as) return false
    source.close()
    location.reload()
    return true
  }

  async function askAgain() {
    const answer = await fetch('/api/me').catch(() => undefined)
    // What is drawn is not for whoever sits here now.
    if (answer?.status === 401) return location.assign('/sign-in')
    setTimeout(connect, tryAgainAfter)
  }
}
