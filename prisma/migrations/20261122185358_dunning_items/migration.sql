-- CreateTable
CREATE TABLE "WorkflowVersion" (
    "id" SERIAL NOT NULL,
    "workflow" TEXT NOT NULL,
    "settingsVersion" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkflowVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DunningItem" (
    "invoiceId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "versionId" INTEGER,
    "step" INTEGER NOT NULL,
    "shift" INTEGER NOT NULL DEFAULT 0,
    "lastOn" DATE,
    "nextOn" DATE,
    "reason" TEXT,
    "actionId" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DunningItem_pkey" PRIMARY KEY ("invoiceId")
);

-- CreateTable
CREATE TABLE "DunningAction" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "groupId" INTEGER,
    "versionId" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "stepName" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "plannedOn" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "entryId" INTEGER,
    "taskId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),
    "doneOn" DATE,
    "outcome" TEXT,
    "staffId" INTEGER,

    CONSTRAINT "DunningAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DunningActionItem" (
    "actionId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "stepName" TEXT NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "DunningActionItem_pkey" PRIMARY KEY ("actionId","invoiceId")
);

-- CreateIndex
CREATE UNIQUE INDEX "WorkflowVersion_workflow_contentHash_key" ON "WorkflowVersion"("workflow", "contentHash");

-- CreateIndex
CREATE INDEX "DunningItem_debtorId_idx" ON "DunningItem"("debtorId");

-- CreateIndex
CREATE INDEX "DunningItem_actionId_idx" ON "DunningItem"("actionId");

-- CreateIndex
CREATE INDEX "DunningItem_nextOn_idx" ON "DunningItem"("nextOn");

-- CreateIndex
CREATE INDEX "DunningAction_status_plannedOn_idx" ON "DunningAction"("status", "plannedOn");

-- CreateIndex
CREATE INDEX "DunningAction_groupId_idx" ON "DunningAction"("groupId");

-- CreateIndex
CREATE UNIQUE INDEX "DunningAction_debtorId_plannedOn_track_key" ON "DunningAction"("debtorId", "plannedOn", "track");

-- CreateIndex
CREATE INDEX "DunningActionItem_invoiceId_idx" ON "DunningActionItem"("invoiceId");

-- AddForeignKey
ALTER TABLE "DunningItem" ADD CONSTRAINT "DunningItem_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "WorkflowVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DunningAction" ADD CONSTRAINT "DunningAction_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "WorkflowVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DunningActionItem" ADD CONSTRAINT "DunningActionItem_actionId_fkey" FOREIGN KEY ("actionId") REFERENCES "DunningAction"("id") ON DELETE CASCADE ON UPDATE CASCADE;