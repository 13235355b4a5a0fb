-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "rawDeletedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DeadJob" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "problem" TEXT NOT NULL,
    "diedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retriedAt" TIMESTAMPTZ(3),
    "retriedBy" TEXT,

    CONSTRAINT "DeadJob_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DeadJob_diedAt_idx" ON "DeadJob"("diedAt");