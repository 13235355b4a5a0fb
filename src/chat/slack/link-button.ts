import { readPressed } from './draw-button.ts'

/** The button of a card that links it to a debtor, in sight or behind its menu. */
export function linkButton(blocks: unknown): { type: string; action_id: string; block_id: string; value: string } | undefined {
  const rows = (Array.isArray(blocks) ? blocks : []) as {
    type?: string
    block_id?: string
    elements?: { value?: string; action_id?: string; options?: { value?: string }[] }[]
  }[]
  for (const { type, block_id = '', elements = [] } of rows) {
    if (type !== 'actions') continue
    for (const element of elements) {
      const value = [element.value, ...(element.options ?? []).map(option => option.value)].find(given => readPressed(given)?.action === 'proposal.link')
      if (value !== undefined) return { type: 'button', action_id: element.action_id ?? '', block_id, value }
    }
  }
  return undefined
}
