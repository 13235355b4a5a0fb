import type { Staff } from '#people'
import type { Card } from '../card.ts'
import type { Desk } from '../platforms/desk.ts'
import type { ReadPress } from './press.ts'

/** The form whose button was refused, as it is made now and with what was typed into it; undefined where no form was open. */
export async function formAgain(desk: Pick<Desk, 'click'>, staff: Staff, { opened, values }: ReadPress): Promise<Card | undefined> {
  if (!opened) return undefined
  const form = await desk.click({ staff, surface: 'teams', ...opened, values: {} })
  return form.kind === 'form' ? filledIn(form.card, values) : undefined
}

function filledIn(card: Card, values: Record<string, string>): Card {
  const elements = card.elements.map(element => {
    if (element.type !== 'field') return element
    const typed = Object.hasOwn(values, element.field.id) ? values[element.field.id] : undefined
    if (typed === undefined) return element
    const field = element.field.type === 'toggle' ? { ...element.field, value: typed === 'true' } : { ...element.field, value: typed }
    return { ...element, field }
  })
  return { ...card, elements }
}
