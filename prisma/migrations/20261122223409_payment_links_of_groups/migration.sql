-- DropIndex
DROP INDEX "PaymentLink_dunningActionId_key";

-- CreateIndex
CREATE UNIQUE INDEX "PaymentLink_dunningActionId_debtorId_key" ON "PaymentLink"("dunningActionId", "debtorId");