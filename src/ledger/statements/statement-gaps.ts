import type { Db } from '#platform'

/**
 * Notes on each statement of an account whether it follows another one: some earlier statement must close with the balance that it
 * opens with, or begin where it begins: a week's statement beside those of its days. Returns those that do not; the first one of an account follows nothing.
 */
export async function noteGaps(tx: Db, accountId: number): Promise<{ number: string; closedOn: string; problem: string }[]> {
  const rows = await tx.$queryRaw<{ number: string; closedOn: string; problem: string }[]>`
    WITH judged AS (
      SELECT s.id, CASE WHEN s.opening IS NOT NULL AND before.id IS NOT NULL AND NOT EXISTS (
          SELECT FROM "BankStatement" p WHERE p."accountId" = s."accountId" AND p.currency = s.currency AND p.id <> s.id AND p."closedOn" <= s."closedOn" AND (p.closing = s.opening OR (p.opening = s.opening AND p.id < s.id)))
        THEN 'It opens with ' || trim_scale(s.opening) || ', and the statement before it (' || before.number || ' of ' || before."closedOn" || ') closes with ' || trim_scale(before.closing)
        END AS problem
      FROM "BankStatement" s LEFT JOIN LATERAL (
        SELECT p.id, p.number, p."closedOn", p.closing FROM "BankStatement" p
        WHERE p."accountId" = s."accountId" AND p.currency = s.currency AND p.id <> s.id AND p.closing IS NOT NULL
          AND (p."closedOn" < s."closedOn" OR (p."closedOn" = s."closedOn" AND p.id < s.id))
        ORDER BY p."closedOn" DESC, p.id DESC LIMIT 1
      ) before ON true
      WHERE s."accountId" = ${accountId}
    ), noted AS (UPDATE "BankStatement" s SET gap = j.problem FROM judged j WHERE j.id = s.id AND s.gap IS DISTINCT FROM j.problem)
    SELECT s.number, s."closedOn"::text AS "closedOn", j.problem FROM judged j JOIN "BankStatement" s ON s.id = j.id WHERE j.problem IS NOT NULL ORDER BY s."closedOn", s.id`
  return rows
}
