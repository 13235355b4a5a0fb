-- AlterTable
ALTER TABLE "Administration" ADD COLUMN     "tone" TEXT;

-- AlterTable
ALTER TABLE "Debtor" ADD COLUMN     "tone" TEXT;

-- Every dispute has an owner and a day by which it is answered: those from before go to their debtor's collector, else to who leads.
UPDATE "Dispute" q SET
  "ownerId" = COALESCE(
    q."ownerId",
    (SELECT s.id FROM "Staff" s JOIN "Debtor" d ON lower(d.collector) = s.key WHERE d.id = q."debtorId" AND s.active LIMIT 1),
    (SELECT s.id FROM "Staff" s ORDER BY s.active DESC, s.role = 'manager' DESC, s.role = 'admin' DESC, s.id LIMIT 1)
  ),
  "answerDue" = COALESCE(q."answerDue", (q."createdAt" + interval '7 days')::date);

-- AlterTable
ALTER TABLE "Dispute" ADD COLUMN     "creditExpectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "escalatedAt" TIMESTAMPTZ(3),
ALTER COLUMN "ownerId" SET NOT NULL,
ALTER COLUMN "answerDue" SET NOT NULL;

-- AlterTable
ALTER TABLE "DisputeInvoice" ADD COLUMN     "amount" DECIMAL(18,3);

-- AlterTable
ALTER TABLE "DunningHold" ADD COLUMN     "amount" DECIMAL(18,3);

-- AlterTable
ALTER TABLE "Segment" ADD COLUMN     "tone" TEXT;

-- CreateTable
CREATE TABLE "DisputeEvent" (
    "id" SERIAL NOT NULL,
    "disputeId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "staffId" INTEGER,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DisputeEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AwaitedCopy" (
    "invoiceId" INTEGER NOT NULL,
    "messageId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "AwaitedCopy_pkey" PRIMARY KEY ("invoiceId","messageId")
);

-- CreateIndex
CREATE INDEX "DisputeEvent_disputeId_idx" ON "DisputeEvent"("disputeId");

-- CreateIndex
CREATE INDEX "AwaitedCopy_settledAt_idx" ON "AwaitedCopy"("settledAt");

-- CreateIndex
CREATE INDEX "Dispute_status_answerDue_idx" ON "Dispute"("status", "answerDue");

-- AddForeignKey
ALTER TABLE "DisputeEvent" ADD CONSTRAINT "DisputeEvent_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;
