import { draftLanguage, draftReply } from '#drafting'
import { fromInstant, fromPlainDate, toPlainDate } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { openEntry } from '../entries/open.ts'
import { toneOf } from '../tone-of.ts'

/** Mails that left longer before somebody's absence was noted are no matter of their stand-in. */
const lookBackDays = 7

/**
 * Proposes to send what was written to somebody who is away to their stand-in, once for each mail: where the stand-in is a verified contact
 * of the same debtor, which a person decided. The mail to the absent stays as it is, and so does the workflow. Returns how many were proposed.
 */
export async function proposeStandIns(deps: ProposalsDeps): Promise<number> {
  const { client, clock, config } = deps
  const today = fromPlainDate(clock.today(config.DUNCAN_TIME_ZONE))
  const absent = await client.contact.findMany({
    where: { standIn: { not: null }, email: { not: null }, absentUntil: { gte: today } },
    include: { debtor: { include: { administration: true, contacts: true } } },
    orderBy: { id: 'asc' },
  })
  const since = fromInstant(clock.now().subtract({ hours: lookBackDays * 24 }))
  let proposed = 0
  for (const contact of absent) {
    const { debtor } = contact
    const standIn = debtor.contacts.find(
      ({ email, verified, emailStatus }) => email === contact.standIn?.toLowerCase() && verified && emailStatus !== 'bounced',
    )
    if (!standIn?.email || standIn.email === contact.email) continue
    const mails = await client.outboundMail.findMany({
      where: {
        debtorId: debtor.id,
        state: 'sent',
        sentAt: { gte: since },
        to: { has: contact.email ?? '' },
        NOT: { OR: [{ to: { has: standIn.email } }, { cc: { has: standIn.email } }] },
      },
      orderBy: { id: 'asc' },
    })
    for (const sent of mails) {
      const key = `stand-in ${sent.id} ${standIn.id}`
      if (await client.debtorEntry.findUnique({ where: { formKey: key }, select: { id: true } })) continue
      const language = draftLanguage(standIn.language ?? contact.language ?? debtor.language ?? debtor.administration.language)
      const tone = await toneOf(client, { clock, timeZone: config.DUNCAN_TIME_ZONE }, debtor.id)
      const until = contact.absentUntil ? toPlainDate(contact.absentUntil).toString() : undefined
      const original = sent.text
        .trim()
        .split('\n')
        .map(line => `> ${line}`)
        .join('\n') // prettier-ignore
      const { text } = draftReply(
        {
          language,
          tone,
          subject: sent.subject,
          contactName: standIn.name ?? undefined,
          administration: debtor.administration.name,
          templates: deps.rules().templates,
        },
        [{ template: 'stand_in_notice', slots: { absent: contact.name ?? contact.email, until, original } }],
      )
      const mail = {
        kind: 'mail' as const,
        mailboxId: sent.mailboxId,
        answers: null,
        threadId: null,
        to: [standIn.email],
        cc: [],
        subject: sent.subject,
        text,
        language,
        tone,
      }
      const why = { code: 'stand_in' as const, absent: contact.name ?? contact.email ?? '', until: until ?? null }
      const outcome = await openEntry(deps, { debtorId: debtor.id, content: { ...mail, attachments: [], invoiceIds: [] }, key, why })
      if (outcome.kind === 'entered') proposed += 1
    }
  }
  return proposed
}
