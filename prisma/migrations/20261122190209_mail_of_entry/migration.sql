-- AlterTable
ALTER TABLE "OutboundMail" ADD COLUMN     "entryId" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "OutboundMail_entryId_key" ON "OutboundMail"("entryId");

-- The mails of entries that were decided before.
UPDATE "OutboundMail" SET "entryId" = e.id FROM "DebtorEntry" e WHERE "OutboundMail".id = (e.result ->> 'outboundMailId')::int;
