import { judge, type RightsPolicy, readRightsPolicy, type Staff, sightOf } from '#people'
import { type ChatBulkItemModel, type Db, fromInstant, recordAudit } from '#platform'
import { bulkCard } from '../cards/bulk-card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { drawBulk } from './draw-bulk.ts'
import { confirmForm, markOf, reviewForm, tickOf } from './forms.ts'
import { bulkSubject, bulksInSight } from './in-sight.ts'
import { readLikeness } from './likeness.ts'
import { type BulkDeps, inTurn } from './port.ts'
import { type BulkView, readBulk } from './read-bulk.ts'
import { readLines } from './read-lines.ts'
import { closeIfOver } from './sort-in.ts'

/** `reader`: the words of the one who clicks. */
type ClickDeps = BulkDeps & { reader: CardContext }

/** Answers a button of a bulk's card or of its forms. Nothing is approved before the last of them is pressed, and then only what that person was shown. */
export async function clickBulk(deps: ClickDeps, click: Click): Promise<ClickOutcome> {
  switch (click.action) {
    case 'bulk.review':
      return review(deps, click)
    case 'bulk.confirm':
      return confirm(deps, click)
    case 'bulk.approve':
      return approve(deps, click)
    case 'bulk.separate':
      return separate(deps, click)
    default:
      return show(deps, click)
  }
}

async function bulkFor({ client }: ClickDeps, { staff, data }: Click): Promise<BulkView | undefined> {
  const id = idOf(data.bulk)
  return (await bulksInSight(client, sightOf(staff), [id])).has(id) ? readBulk(client, id) : undefined
}

async function show(deps: ClickDeps, click: Click): Promise<ClickOutcome> {
  const bulk = await bulkFor(deps, click)
  return bulk ? { kind: 'private', card: bulkCard(bulk, deps.reader) } : { kind: 'refused', message: deps.reader.words.outcome.gone }
}

/** Offers what waits, with a tick each; what is offered is kept, so that later ones and changed ones are not approved unseen. */
async function review(deps: ClickDeps, click: Click): Promise<ClickOutcome> {
  const { client, clock, proposals, reader } = deps
  const { staff, surface } = click
  const bulk = await bulkFor(deps, click)
  if (!bulk) return { kind: 'refused', message: reader.words.outcome.gone }
  const policy = await readRightsPolicy(client)
  const run = await inTurn(client, async tx => {
    await tx.chatBulkRun.deleteMany({ where: { bulkId: bulk.id, staffId: staff.id, status: 'offered' } })
    const items = await tx.chatBulkItem.findMany({ where: { bulkId: bulk.id, status: 'folded' }, orderBy: { proposalId: 'asc' } })
    if (items.length === 0) return undefined
    const results = items.map(item => ({
      proposalId: item.proposalId,
      version: item.version,
      outcome: decidesAlone(staff, policy, item) ? null : 'above_limit',
    }))
    const offer = { bulkId: bulk.id, staffId: staff.id, surface, createdAt: fromInstant(clock.now()) }
    return tx.chatBulkRun.create({ data: { ...offer, results: { create: results } }, include: { results: { orderBy: { proposalId: 'asc' } } } })
  })
  if (!run) return { kind: 'refused', message: reader.words.bulk.faster }
  const [within, above] = [run.results.filter(({ outcome }) => outcome === null), run.results.filter(({ outcome }) => outcome !== null)]
  const [first] = within
  if (!first) return { kind: 'refused', message: reader.words.bulk.aboveLimit(above.length) }
  const offered = {
    lines: await readLines(client, idsOf(within)),
    above: await readLines(client, idsOf(above)),
    sample: await proposals.view(first.proposalId),
  }
  return { kind: 'form', card: reviewForm({ ...offered, runId: run.id, likeness: bulk.likeness }, reader) }
}

const idsOf = (rows: { proposalId: number }[]): number[] => rows.map(({ proposalId }) => proposalId)

function decidesAlone(staff: Staff, policy: RightsPolicy, { likeness, stake }: ChatBulkItemModel): boolean {
  const { kind } = readLikeness(likeness)
  return judge(staff, policy, { vote: 'first', stake: { total: stake, kinds: [{ kind, amount: stake }] } }).kind === 'allowed'
}

/** Keeps which ticks were taken away, and asks once more. A tick that did not come along stays as it was. */
async function confirm({ client, reader }: ClickDeps, { staff, data, values }: Click): Promise<ClickOutcome> {
  const offer = await offerOf(client, staff, data.run)
  if (!offer) return { kind: 'refused', message: reader.words.outcome.stale }
  const { id: runId, results, bulk } = offer
  const isOut = ({ proposalId, excluded }: (typeof results)[number]) => (values[tickOf(proposalId)] ?? String(!excluded)) !== 'true'
  const offered = results.filter(({ outcome }) => outcome === null)
  const [out, chosen] = [idsOf(offered.filter(isOut)), idsOf(offered.filter(result => !isOut(result)))]
  if (chosen.length === 0) return { kind: 'refused', message: reader.words.outcome.nothingTicked }
  await client.$transaction([
    client.chatBulkResult.updateMany({ where: { runId, proposalId: { in: out } }, data: { excluded: true } }),
    client.chatBulkResult.updateMany({ where: { runId, proposalId: { in: chosen } }, data: { excluded: false } }),
  ])
  const asked = { runId, likeness: readLikeness(bulk.likeness), lines: await readLines(client, chosen), leftOut: results.length - chosen.length }
  return { kind: 'form', card: confirmForm(asked, reader) }
}

/** Takes what was confirmed for this person and has it carried out; the click is answered at once. */
async function approve(deps: ClickDeps, { staff, surface, data }: Click): Promise<ClickOutcome> {
  const { client, clock, bulks, reader } = deps
  const begun = await inTurn(client, async tx => {
    const offer = await offerOf(tx, staff, data.run)
    if (!offer) return undefined
    const { id, bulkId, results } = offer
    const chosen = idsOf(results.filter(({ excluded, outcome }) => !excluded && outcome === null))
    if (data.chosen !== markOf(chosen)) return undefined // the ticks were changed in another window since
    const { count: taken } = await tx.chatBulkItem.updateMany({
      where: { bulkId, proposalId: { in: chosen }, status: 'folded' },
      data: { status: 'taken' },
    })
    if (taken === 0) return { bulkId, count: 0 }
    await tx.chatBulkRun.update({ where: { id }, data: { status: 'running', surface, startedAt: fromInstant(clock.now()) } })
    const excluded = results.length - chosen.length
    await recordAudit(tx, {
      actor: `staff:${staff.id}`,
      event: 'bulk.approved',
      subject: bulkSubject(bulkId),
      detail: { run: id, surface, proposals: chosen, excluded },
    })
    await bulks.startRun(tx, id)
    return { bulkId, count: chosen.length }
  })
  if (!begun) return { kind: 'refused', message: reader.words.outcome.stale }
  await drawBulk(deps, begun.bulkId)
  return begun.count > 0 ? { kind: 'done', message: reader.words.bulk.started(begun.count) } : { kind: 'refused', message: reader.words.bulk.faster }
}

/** What this person was shown last and has not approved yet; nobody else's. */
const offerOf = (db: Db, { id }: Staff, runId: string | undefined) =>
  db.chatBulkRun.findFirst({
    where: { id: idOf(runId), staffId: id, status: 'offered' },
    include: { bulk: true, results: { orderBy: { proposalId: 'asc' } } },
  })

/** Gives every proposal that waits its own card back, for good. */
async function separate(deps: ClickDeps, click: Click): Promise<ClickOutcome> {
  const { client, clock, bulks, reader } = deps
  const bulk = await bulkFor(deps, click)
  if (!bulk) return { kind: 'refused', message: reader.words.outcome.gone }
  const ids = await inTurn(client, async tx => {
    const items = await tx.chatBulkItem.findMany({ where: { bulkId: bulk.id, status: 'folded' }, select: { proposalId: true } })
    const apart = idsOf(items)
    if (apart.length === 0) return apart
    await tx.chatBulkItem.updateMany({ where: { proposalId: { in: apart } }, data: { status: 'apart', bulkId: null } })
    const actor = `staff:${click.staff.id}`
    await recordAudit(tx, { actor, event: 'bulk.separated', subject: bulkSubject(bulk.id), detail: { surface: click.surface, proposals: apart } })
    await bulks.redraw(tx, apart)
    await closeIfOver({ tx, clock, bulks }, bulk.id)
    return apart
  })
  await drawBulk(deps, bulk.id)
  return ids.length > 0 ? { kind: 'done', message: reader.words.bulk.separated(ids.length) } : { kind: 'refused', message: reader.words.bulk.faster }
}
