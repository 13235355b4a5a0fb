import type { ProposalsDeps } from './deps.ts'
import { proposalChanged } from './jobs.ts'
import { undecided } from './propose.ts'

/**
 * Has the cards of these debtors' undecided proposals drawn anew: what the bank says to a claim "already paid", and what is open, stand
 * there as of now. Approved replies are checked against the payments before they leave (`whyNotLeave`).
 */
export async function paymentsChanged({ client, queue }: Pick<ProposalsDeps, 'client' | 'queue'>, debtorIds: number[]): Promise<void> {
  const proposals = await client.proposal.findMany({ where: { debtorId: { in: debtorIds }, status: { in: [...undecided] } }, select: { id: true } })
  for (const { id } of proposals) await queue.send(client, proposalChanged, { proposalId: id })
}
