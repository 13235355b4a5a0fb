import type { OwnTemplates } from './templates-kind.ts'

/**
 * Own templates with a wording of a text, such as `reminder_first.short`, in the place of that text, in the languages in which it is written.
 * Any other name leaves them as they are.
 */
export function withWording(own: OwnTemplates, name: string): OwnTemplates {
  const [text = '', wording] = name.split('.')
  return wording !== undefined && own[name] ? { ...own, [text]: { ...own[text], ...own[name] } } : own
}
