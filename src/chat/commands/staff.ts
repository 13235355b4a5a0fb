import { type Absence, inviteStaff, limitOf, listAbsences, listStaff, readRightsPolicy, roles, type Staff } from '#people'
import { DuncanError, toPlainDate } from '#platform'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const mostRows = 50

/** `/duncan staff [part of a name]`: who works with Duncan, what they may decide alone and see, and who is away. */
export async function staffCommand({ client, clock, context, reportingCurrency }: CommandDeps, part: string): Promise<ClickOutcome> {
  const { words, format } = context
  const say = words.people
  const wanted = part.replace(/^@/, '').toLowerCase()
  const found = (await listStaff(client)).filter(({ key, name }) => key.includes(wanted) || name.toLowerCase().includes(wanted))
  const policy = await readRightsPolicy(client)
  const away = (await listAbsences(client, clock, format.timeZone)).filter(({ state }) => state === 'away')
  const limit = (person: Staff) => {
    const amount = limitOf(person, policy)
    return amount ? format.money(amount, reportingCurrency()) : say.unlimited
  }
  const sees = ({ administrations, mailboxes, ownAccounts }: Staff) => {
    const places = [...new Set([...administrations, ...mailboxes].map(place => (place === '*' ? say.everything : place)))].join(', ')
    return ownAccounts ? `${words.home.views.sales}: ${places}` : places
  }
  const absence = ({ until, cover }: Absence) => say.away(format.day(toPlainDate(until).toString()), cover.name)
  const rows = found.slice(0, mostRows).map(person => {
    const absent = away.find(({ staffId }) => staffId === person.id)
    const role = roles.find(name => name === person.role)
    return [
      [`${person.name} (@${person.key})`, absent && absence(absent)].filter(Boolean).join(' · '),
      role ? say.roles[role] : person.role,
      limit(person),
      sees(person),
    ]
  })
  const rest = found.length - rows.length
  const title = say.staffTitle(found.length)
  const card = cardSchema.parse({
    title,
    ...(rest > 0 && { subtitle: say.more(rest) }),
    elements: [{ type: 'table', columns: [{ title: say.name }, { title: say.role }, { title: say.limit, align: 'right' }, { title: say.sees }], rows }],
    fallback: [title, ...rows.map(([name = '', role = '']) => `${name}: ${role}`)].join('\n'),
  })
  return { kind: 'private', card }
}

/** `/duncan staff invite @name`: a link to hand on that lets this colleague in once. */
export async function inviteCommand({ client, clock, context, publicUrl }: CommandDeps, who: string, staff: Staff): Promise<ClickOutcome> {
  const { people: say } = context.words
  if (who === '') return { kind: 'refused', message: say.inviteUsage }
  try {
    const { name, link } = await inviteStaff({ client, clock }, who, publicUrl, `staff:${staff.id}`)
    const title = say.invitation(name)
    // The link is a secret: it stands in the card of who asked, and in no notification.
    const card = cardSchema.parse({
      title,
      elements: [
        { type: 'text', text: link, weight: 'strong' },
        { type: 'text', text: say.invitationText, weight: 'subtle' },
      ],
      fallback: title,
    })
    return { kind: 'private', card, once: true }
  } catch (error) {
    if (!(error instanceof DuncanError) || error.code !== 'staff.unknown') throw error
    return { kind: 'refused', message: say.noSuchPerson(who.replace(/^@/, '').slice(0, 60)) }
  }
}
