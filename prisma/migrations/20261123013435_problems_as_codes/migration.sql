-- What was a sentence stays to be read as it is, beside the codes that are put into the reader's language.

ALTER TABLE "ChatBulkResult" ALTER COLUMN "problem" TYPE JSONB USING CASE
  WHEN problem IS NULL THEN NULL
  ELSE jsonb_build_array(jsonb_build_object('code', 'said', 'text', problem))
END;

ALTER TABLE "Dispatch" ALTER COLUMN "problem" TYPE JSONB USING CASE
  WHEN problem IS NULL THEN NULL
  ELSE jsonb_build_array(jsonb_build_object('code', 'said', 'text', problem))
END;

ALTER TABLE "OutboundMail" ALTER COLUMN "problem" TYPE JSONB USING CASE
  WHEN problem IS NULL THEN NULL
  ELSE jsonb_build_array(jsonb_build_object('code', 'said', 'text', problem))
END;

ALTER TABLE "ProposedAction" ALTER COLUMN "problem" TYPE JSONB USING CASE
  WHEN problem IS NULL THEN NULL
  ELSE jsonb_build_array(jsonb_build_object('code', 'said', 'text', problem))
END;

ALTER TABLE "ReminderResult" ALTER COLUMN "problem" TYPE JSONB USING CASE
  WHEN problem IS NULL THEN NULL
  WHEN problem IN ('consumer_law', 'stale_ledger', 'nothing_open') THEN jsonb_build_array(jsonb_build_object('code', problem))
  ELSE jsonb_build_array(jsonb_build_object('code', 'said', 'text', problem))
END;
