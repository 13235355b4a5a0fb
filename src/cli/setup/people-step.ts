import { roles } from '#people'
import { applySections, itemsInForce, type Setup } from './context.ts'

const meanings: Record<(typeof roles)[number], string> = {
  viewer: 'looks up',
  collector: 'decides proposals',
  approver: 'also gives second votes',
  manager: 'also sets rules',
  admin: 'also connects systems and people',
}

/** The people: the first is an administrator, who can sign in at once. */
export async function namePeople({ ask, say, database }: Setup): Promise<void> {
  const staff = await itemsInForce(database, 'staff')
  // Colleagues read the company's language until they choose another one on their own page.
  const [company] = Object.values(await itemsInForce(database, 'administrations'))
  const { language = 'en' } = { ...(company as { language?: string } | undefined) }
  for (let index = 0; ; index++) {
    const key = `people.${index}`
    if (index > 0 && !(await ask.confirm(`${key}.add`, 'Add another colleague?', ask.isAnswered(`${key}.name`)))) break
    const name = await ask.text(`${key}.name`, index === 0 ? 'Your name' : 'Name')
    const email = await ask.text(`${key}.email`, 'Mail address', { check: asAddress })
    const choices = roles.map(value => ({ value, name: `${value}: ${meanings[value]}` })).toReversed()
    const role = index === 0 ? 'admin' : await ask.choose(`${key}.role`, 'What may they do?', choices, 'collector')
    const short = await ask.text(`${key}.key`, 'Short name, as in the collector column of your exports', { initial: slugOf(name), check: asKey })
    staff[short] = { language, ...(staff[short] as object | undefined), name, email: email.toLowerCase(), role }
    await applySections({ database }, { staff }, 'setup: people')
    say(`✓ @${short}, ${role}`)
  }
}

const slugOf = (name: string): string =>
  (
    name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z ]/g, '')
      .trim()
      .split(/\s+/)[0] || 'admin'
  ).slice(0, 30) // prettier-ignore
const asKey = (text: string): string | undefined => (/^[a-z0-9][a-z0-9._-]{0,59}$/.test(text) ? undefined : 'use small letters, digits, dots and dashes.')
const asAddress = (text: string): string | undefined => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'that is no mail address.')
