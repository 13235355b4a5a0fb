/**
 * SQL that names every file of the blob store that some row still needs: raw mails, mails that were or will be sent with what is
 * attached to them, and copies of invoices that a proposal offers. A backup copies these; what stands nowhere here is collected.
 */
export const namedBlobs = `
  SELECT "rawHash" AS hash FROM "Message" WHERE "rawDeletedAt" IS NULL
  UNION ALL SELECT "rawHash" FROM "OutboundMail" WHERE "rawHash" IS NOT NULL
  UNION ALL SELECT file ->> 'hash' FROM "OutboundMail", jsonb_array_elements(attachments) AS file
  UNION ALL SELECT (regexp_matches(payload::text, '"hash": "([0-9a-f]{64})"', 'g'))[1] FROM "ProposedAction"
  UNION ALL SELECT (regexp_matches(basis::text, '"hash": "([0-9a-f]{64})"', 'g'))[1] FROM "Proposal"`
