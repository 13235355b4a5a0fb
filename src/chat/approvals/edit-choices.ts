import type { DbClient } from '#platform'
import type { ProposalView } from '#proposals'
import type { EditChoices } from '../forms/edit-fields.ts'
import type { ProposalsPort } from './port.ts'

type Deps = { client: DbClient; proposals: Pick<ProposalsPort, 'disputeTypes'> }

/** What an edit form lets choose: who wrote and verified contacts of the debtor that mail still reaches, and the types of disputes. */
export async function editChoices({ client, proposals }: Deps, { debtor, message }: ProposalView): Promise<EditChoices> {
  const contacts = debtor
    ? await client.contact.findMany({
        where: { debtorId: debtor.id, verified: true, emailStatus: { not: 'bounced' }, email: { not: null } },
        orderBy: { id: 'asc' },
        select: { email: true },
      })
    : []
  const addresses = [message.from?.address, ...contacts.map(({ email }) => email)]
  return { recipients: [...new Set(addresses.filter(address => address !== undefined && address !== null))], disputeTypes: proposals.disputeTypes() }
}
