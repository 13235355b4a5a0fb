-- DropIndex
DROP INDEX "CreditAlert_companyId_administrationId_fact_key";

-- AlterTable
ALTER TABLE "CreditAlert" ADD COLUMN     "party" TEXT NOT NULL DEFAULT 'debtor',
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "CreditEvent" ADD COLUMN     "criterion" TEXT,
ADD COLUMN     "mailedAt" TEXT,
ADD COLUMN     "messageId" INTEGER;

-- CreateTable
CREATE TABLE "CreditChannel" (
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,

    CONSTRAINT "CreditChannel_pkey" PRIMARY KEY ("kind","channel")
);

-- CreateIndex
CREATE UNIQUE INDEX "CreditAlert_companyId_administrationId_party_fact_key" ON "CreditAlert"("companyId", "administrationId", "party", "fact");

-- CreateIndex
CREATE INDEX "CreditEvent_messageId_idx" ON "CreditEvent"("messageId");