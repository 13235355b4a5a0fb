import type { DbClient, Prisma } from '#platform'

export const number = (value: string, max?: number) => ({ is: 'number', number: value, ...(max !== undefined && { min: '0', max: String(max) }) })
export const text = (value: string, key?: string) => ({ is: 'text', text: value, ...(key && { key }) })

const at = new Date('2026-02-27T22:00:00Z')

type Company = {
  bureau?: string
  bureauId?: string
  monitoring?: string
  ratingClass?: string
  normalisedScore?: string
  identity?: Prisma.InputJsonObject
  values?: Record<string, Prisma.InputJsonObject>
}

/** A company as a bureau told of it on 27 February 2026, linked to a debtor; returns its id. */
export async function aCompany(client: DbClient, debtorId: number, { values = {}, bureauId = `X-${debtorId}`, ...company }: Company): Promise<number> {
  const { name, country } = await client.debtor.findUniqueOrThrow({ where: { id: debtorId } })
  const { id } = await client.creditCompany.create({
    data: { bureau: 'creditsafe', monitoring: 'monitored', name, country: country ?? 'NL', bureauId, reportedAt: at, ...company },
  })
  await client.creditLink.create({ data: { debtorId, companyId: id, source: 'chosen', linkedBy: 'duncan', linkedAt: at } })
  await client.creditValue.createMany({
    data: Object.entries(values).map(([criterion, value]) => ({
      companyId: id,
      criterion,
      value,
      raw: JSON.stringify(value),
      source: 'report',
      since: at,
      seenAt: at,
    })),
  })
  return id
}
