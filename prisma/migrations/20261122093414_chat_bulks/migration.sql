-- CreateTable
CREATE TABLE "ChatBulk" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "likeness" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChatBulk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChatBulkItem" (
    "proposalId" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "likeness" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "stake" DECIMAL(20,4) NOT NULL,
    "status" TEXT NOT NULL,
    "bulkId" INTEGER,

    CONSTRAINT "ChatBulkItem_pkey" PRIMARY KEY ("proposalId")
);

-- CreateTable
CREATE TABLE "ChatBulkRun" (
    "id" SERIAL NOT NULL,
    "bulkId" INTEGER NOT NULL,
    "staffId" INTEGER NOT NULL,
    "surface" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'offered',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChatBulkRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChatBulkResult" (
    "runId" INTEGER NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "excluded" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT,
    "problem" TEXT,

    CONSTRAINT "ChatBulkResult_pkey" PRIMARY KEY ("runId","proposalId")
);

-- CreateIndex
CREATE INDEX "ChatBulk_channel_likeness_idx" ON "ChatBulk"("channel", "likeness");

-- CreateIndex
CREATE INDEX "ChatBulkItem_bulkId_idx" ON "ChatBulkItem"("bulkId");

-- CreateIndex
CREATE INDEX "ChatBulkItem_channel_likeness_status_idx" ON "ChatBulkItem"("channel", "likeness", "status");

-- CreateIndex
CREATE INDEX "ChatBulkRun_bulkId_idx" ON "ChatBulkRun"("bulkId");

-- CreateIndex
CREATE INDEX "ChatBulkResult_proposalId_idx" ON "ChatBulkResult"("proposalId");

-- AddForeignKey
ALTER TABLE "ChatBulkItem" ADD CONSTRAINT "ChatBulkItem_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "ChatBulk"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatBulkRun" ADD CONSTRAINT "ChatBulkRun_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "ChatBulk"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatBulkResult" ADD CONSTRAINT "ChatBulkResult_runId_fkey" FOREIGN KEY ("runId") REFERENCES "ChatBulkRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;