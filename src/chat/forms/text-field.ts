import type { CardField } from '../card.ts'

/** A field for one line of text. */
export const textField = (id: string, label: string, value: string, required = false): CardField => ({
  type: 'text',
  id,
  label,
  value,
  multiline: false,
  required,
})
