-- AlterTable
ALTER TABLE "OutboundMail" ADD COLUMN     "private" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ReportSchedule" (
    "id" SERIAL NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "report" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "when" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "filter" TEXT NOT NULL DEFAULT '',
    "top" INTEGER,
    "own" BOOLEAN NOT NULL DEFAULT false,
    "staffIds" INTEGER[],
    "addresses" TEXT[],
    "confirmedById" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'active',
    "pausedFor" TEXT,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReportSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReportDelivery" (
    "id" SERIAL NOT NULL,
    "scheduleId" INTEGER NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "recipient" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "rows" INTEGER,
    "mailId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReportDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReportSchedule_state_nextAt_idx" ON "ReportSchedule"("state", "nextAt");

-- CreateIndex
CREATE INDEX "ReportSchedule_ownerId_idx" ON "ReportSchedule"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "ReportDelivery_mailId_key" ON "ReportDelivery"("mailId");

-- CreateIndex
CREATE UNIQUE INDEX "ReportDelivery_scheduleId_dueAt_recipient_key" ON "ReportDelivery"("scheduleId", "dueAt", "recipient");

-- AddForeignKey
ALTER TABLE "ReportDelivery" ADD CONSTRAINT "ReportDelivery_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "ReportSchedule"("id") ON DELETE CASCADE ON UPDATE CASCADE;