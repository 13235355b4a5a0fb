import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Bureau, BureauError, type ListedCompany } from '../../../src/credit/bureaus/bureau.ts'
import { normalised } from '../../../src/credit/values/normalise.ts'

/** A bureau that knows two Dutch companies: 99990001 with a score of 68 of 100 and a limit of EUR 25,000, and 99990002. */
export type BureauWorld = {
  /** As a new run has it. */
  bureau: () => Bureau
  /** The score of 99990001 becomes 41 of 100. */
  fall: () => Promise<void>
  /** 99990002 is no longer there. */
  vanish: () => Promise<void>
  /** What the bureau says of 99990002's score cannot be read. */
  spoil: () => Promise<void>
  /** The bureau does not answer at all. */
  close: () => Promise<void>
}

/** What Duncan expects of every bureau, whichever way it tells. */
export function aBureau(name: string, open: (t: TestContext) => Promise<BureauWorld>): void {
  describe(`a bureau: ${name}`, () => {
    it('finds a company by its number, nobody by another one, and tells the values of its report', async t => {
      const bureau = (await open(t)).bureau()

      const [found, ...others] = await bureau.find({ country: 'NL', registrationNumber: '99990001' })
      const nobody = await bureau.find({ country: 'NL', registrationNumber: '99990009' })
      const { values, identity, failed } = await bureau.report(found?.companyId ?? '')

      assert.deepEqual([others, nobody, failed], [[], [], []])
      assert.deepEqual([found?.name, found?.country, identity.name], ['Zeilmakerij Voorbeeld B.V.', 'NL', 'Zeilmakerij Voorbeeld B.V.'])
      const of = (criterion: string) => values.find(value => value.criterion === criterion)?.value
      assert.equal(normalised(of('score') ?? { is: 'none' })?.toNumber(), 68)
      assert.deepEqual(of('credit_limit'), { is: 'money', amount: '25000', currency: 'EUR' })
      assert.ok(values.every(({ raw }) => raw !== ''))
    })

    it('lists what is in its portfolio, the same as long as nothing changes and another thing when something does', async t => {
      const { bureau, fall } = await open(t)
      const company = await idOf(bureau(), '99990001')
      const listed = async () => {
        const list = (await listOf(bureau())).find(({ companyId }) => companyId === company)
        return JSON.stringify(list?.values.map(({ criterion, raw }) => [criterion, raw]))
      }
      await bureau().portfolio?.ensure()
      const added = await bureau().portfolio?.add(company, '10')

      const [first, again] = [await listed(), await listed()]
      await fall()
      const after = await listed()

      assert.equal(added, 'added')
      assert.ok(first)
      assert.equal(again, first)
      assert.notEqual(after, first)
    })

    it('says of a company that vanished that it does not know it', async t => {
      const { bureau, vanish } = await open(t)
      const company = await idOf(bureau(), '99990002')

      await vanish()

      await assert.rejects(bureau().report(company), problem('unknown'))
      assert.equal(await bureau().portfolio?.add(company, '11'), 'unknown')
    })

    it('tells no value that it could not read, and lets no other company suffer from it', async t => {
      const { bureau, spoil } = await open(t)
      const [one, other] = [await idOf(bureau(), '99990001'), await idOf(bureau(), '99990002')]

      await spoil()

      const told = await bureau()
        .report(other)
        .catch((error: unknown) => {
          assert.ok(error instanceof BureauError && error.problem === 'faulty', String(error))
          return { values: [], failed: ['score'] }
        })
      assert.ok(told.failed.includes('score'))
      assert.ok(!told.values.some(({ criterion }) => criterion === 'score'))
      assert.equal((await bureau().report(one)).values[0]?.criterion, 'score')
    })

    it('throws what it could not do as a fault of the bureau', async t => {
      const { bureau, close } = await open(t)

      await close()

      await assert.rejects(bureau().find({ country: 'NL', registrationNumber: '99990001' }), problem('away', 'unsure'))
    })
  })
}

const problem =
  (...problems: string[]) =>
  (error: unknown): boolean =>
    error instanceof BureauError && problems.includes(error.problem)

async function idOf(bureau: Bureau, registrationNumber: string): Promise<string> {
  const [found] = await bureau.find({ country: 'NL', registrationNumber })
  return found?.companyId ?? assert.fail(`${registrationNumber} is not there`)
}

async function listOf({ portfolio }: Bureau): Promise<ListedCompany[]> {
  const all: ListedCompany[] = []
  for await (const company of portfolio?.companies() ?? []) all.push(company)
  return all
}
