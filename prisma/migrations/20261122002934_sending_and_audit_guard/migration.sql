-- AlterTable
ALTER TABLE "OutboundMail" ADD COLUMN     "rawHash" TEXT;

-- The trail cannot be emptied, and the personal part of an entry can be erased but never rewritten.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_content_is_never_emptied BEFORE TRUNCATE ON "AuditContent" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_content_is_never_rewritten BEFORE UPDATE ON "AuditContent" FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
