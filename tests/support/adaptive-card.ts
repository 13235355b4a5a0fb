import { createRequire } from 'node:module'

// The library's ESM build does not load in Node; its bundle does, and it validates without a page.
const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as {
  HostConfig: new (config: unknown) => unknown
  AdaptiveCard: new () => {
    hostConfig: unknown
    parse: (json: unknown, context: unknown) => void
    validateProperties: () => { validationEvents: { message: string }[] }
  }
  SerializationContext: new () => { eventCount: number; getEventAt: (index: number) => { message: string } }
}

/** Elements that the surface draws itself, or Teams: the library finds them unknown, and takes their fallback. */
const known = /^Unknown element type "(Bars|Chart\.VerticalBar(\.Grouped)?)"\. Fallback will be used/

/** What the adaptivecards library finds wrong with a card, at its parsing and at its validation. */
export function cardProblems(json: unknown, maxActions = 10): string[] {
  const card = new library.AdaptiveCard()
  card.hostConfig = new library.HostConfig({ actions: { maxActions } })
  const context = new library.SerializationContext()
  card.parse(json, context)
  const parsing = Array.from({ length: context.eventCount }, (_none, index) => context.getEventAt(index).message)
  return [...parsing.filter(message => !known.test(message)), ...card.validateProperties().validationEvents.map(({ message }) => message)]
}
