/** Hears of new and changed posts. The browser connects again by itself; what was missed meanwhile is then loaded anew. */
export function listen(/** @type {{ onPost: (notice: any) => void, onResync: () => void, onState: (live: boolean) => void }} */ { onPost, onResync, onState }) {
  let wasLost = false
  const source = new EventSource('/api/events')
  source.addEventListener('hello', () => {
    onState(true)
    if (wasLost) onResync()
    wasLost = false
  })
  source.addEventListener('post', event => onPost(JSON.parse(event.data)))
  source.addEventListener('resync', () => onResync())
  source.addEventListener('error', () => {
    wasLost = true
    onState(false)
  })
  addEventListener('pagehide', () => source.close())
}
