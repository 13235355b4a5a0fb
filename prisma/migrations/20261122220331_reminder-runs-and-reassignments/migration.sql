-- CreateTable
CREATE TABLE "ReminderRun" (
    "id" SERIAL NOT NULL,
    "staffId" INTEGER NOT NULL,
    "surface" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'offered',
    "list" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReminderRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReminderResult" (
    "runId" INTEGER NOT NULL,
    "entryId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "excluded" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT,
    "problem" TEXT,

    CONSTRAINT "ReminderResult_pkey" PRIMARY KEY ("runId","entryId")
);

-- CreateTable
CREATE TABLE "Reassignment" (
    "id" SERIAL NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,
    "staffId" INTEGER NOT NULL,
    "moved" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "takenBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reassignment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReminderRun_staffId_status_idx" ON "ReminderRun"("staffId", "status");

-- CreateIndex
CREATE INDEX "ReminderResult_entryId_idx" ON "ReminderResult"("entryId");

-- AddForeignKey
ALTER TABLE "ReminderResult" ADD CONSTRAINT "ReminderResult_runId_fkey" FOREIGN KEY ("runId") REFERENCES "ReminderRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;