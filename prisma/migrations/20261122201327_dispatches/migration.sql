-- AlterTable
ALTER TABLE "Administration" ADD COLUMN     "postalAddress" TEXT;

-- CreateTable
CREATE TABLE "Dispatch" (
    "id" SERIAL NOT NULL,
    "entryId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'scheduled',
    "sendAfter" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "Dispatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Dispatch_entryId_key" ON "Dispatch"("entryId");

-- CreateIndex
CREATE INDEX "Dispatch_state_sendAfter_idx" ON "Dispatch"("state", "sendAfter");