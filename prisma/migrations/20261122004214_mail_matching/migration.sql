-- CreateIndex
CREATE INDEX "Message_inReplyTo_idx" ON "Message"("inReplyTo");
-- A mail's sender is matched by domain, too; Prisma's schema has no words for an index on an expression.
CREATE INDEX "Contact_email_domain_idx" ON "Contact" (split_part("email", '@', 2));
