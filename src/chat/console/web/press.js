import { call } from './api.js'
import { confirmFirst, openForm } from './dialog.js'
import { toast } from './dom.js'

/**
 * Carries a pressed button to Duncan: asks first where the button says so, shows that it works, then what came of it.
 * @param {{ postId: number | null, channel: string }} where
 * @param {{ action: string, data: any, values: Record<string, string>, confirm?: any }} pressed
 * @param {Record<string, string>} words
 * @param {(postId: number) => void} onPrivate
 * @returns {Promise<boolean>} whether all went well
 */
export async function press(where, { action, data, values, confirm }, words, onPrivate) {
  if (confirm && !(await confirmFirst(confirm, words.cancel ?? ''))) return false
  try {
    const outcome = await call('/click', { method: 'POST', body: { ...where, action, data, values } })
    if (outcome.kind === 'form') {
      openForm(outcome.card, words.close ?? '', again => press(where, again, words, onPrivate))
      return false // the dialog stays open, with the next form in it
    }
    if (outcome.kind === 'refused') {
      toast(outcome.message, 'bad')
      return false
    }
    if (outcome.kind === 'private') onPrivate(outcome.postId)
    else if (outcome.message) toast(outcome.message)
    return true
  } catch {
    toast(words.failed ?? '', 'bad')
    return false
  }
}
