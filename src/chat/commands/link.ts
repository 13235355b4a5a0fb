import type { Staff } from '#people'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { createLinkCode } from '../platforms/accounts.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan link`: a code that links one's account on a chat platform. Typed there with the code, the platform's own adapter takes it. */
export async function linkCommand(deps: CommandDeps, _rest: string, staff: Staff): Promise<ClickOutcome> {
  const { platforms: say } = deps.context.words
  const code = await createLinkCode(deps, staff.id)
  const text = say.linkCodeText(15)
  const title = say.linkCode(code)
  return { kind: 'private', card: cardSchema.parse({ title, elements: [{ type: 'text', text }], fallback: `${title}\n${text}` }) }
}
