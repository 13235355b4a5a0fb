import type { DbClient } from '#platform'
import type { ProposalView } from '#proposals'

/** The addresses that a reply may be sent to: who wrote, and verified contacts of the debtor that mail still reaches. */
export async function allowedRecipients(client: DbClient, { debtor, message }: ProposalView): Promise<string[]> {
  const contacts = debtor
    ? await client.contact.findMany({
        where: { debtorId: debtor.id, verified: true, emailStatus: { not: 'bounced' }, email: { not: null } },
        orderBy: { id: 'asc' },
        select: { email: true },
      })
    : []
  const addresses = [message.from?.address, ...contacts.map(({ email }) => email)]
  return [...new Set(addresses.filter(address => address !== undefined && address !== null))]
}
