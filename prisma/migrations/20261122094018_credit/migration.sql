-- CreateTable
CREATE TABLE "CreditCompany" (
    "id" SERIAL NOT NULL,
    "bureau" TEXT NOT NULL,
    "bureauId" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "name" TEXT NOT NULL,
    "monitoring" TEXT NOT NULL DEFAULT 'none',
    "monitoredSince" TIMESTAMPTZ(3),
    "reportedAt" TIMESTAMPTZ(3),
    "identity" JSONB NOT NULL DEFAULT '{}',
    "sections" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CreditCompany_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditLink" (
    "debtorId" INTEGER NOT NULL,
    "companyId" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "number" TEXT,
    "linkedBy" TEXT NOT NULL,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditLink_pkey" PRIMARY KEY ("debtorId")
);

-- CreateTable
CREATE TABLE "CreditGap" (
    "debtorId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT,
    "candidates" JSONB NOT NULL DEFAULT '[]',
    "number" TEXT,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditGap_pkey" PRIMARY KEY ("debtorId")
);

-- CreateTable
CREATE TABLE "CreditValue" (
    "companyId" INTEGER NOT NULL,
    "criterion" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "raw" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditValue_pkey" PRIMARY KEY ("companyId","criterion")
);

-- CreateTable
CREATE TABLE "CreditChange" (
    "id" SERIAL NOT NULL,
    "companyId" INTEGER NOT NULL,
    "criterion" TEXT NOT NULL,
    "before" JSONB,
    "value" JSONB NOT NULL,
    "raw" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "correlationId" TEXT,
    "runId" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditRun" (
    "id" SERIAL NOT NULL,
    "bureau" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "eventsFrom" TIMESTAMPTZ(3) NOT NULL,
    "counts" JSONB,

    CONSTRAINT "CreditRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditRunCompany" (
    "runId" INTEGER NOT NULL,
    "companyId" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "problem" TEXT,

    CONSTRAINT "CreditRunCompany_pkey" PRIMARY KEY ("runId","companyId")
);

-- CreateTable
CREATE TABLE "CreditOrder" (
    "id" SERIAL NOT NULL,
    "runId" INTEGER,
    "companyId" INTEGER NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'asked',
    "correlationId" TEXT,

    CONSTRAINT "CreditOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditEvent" (
    "id" SERIAL NOT NULL,
    "bureau" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "companyId" INTEGER,
    "bureauId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "oldValue" TEXT,
    "newValue" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "runId" INTEGER,

    CONSTRAINT "CreditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CreditAccount" (
    "bureau" TEXT NOT NULL,
    "activeSince" TIMESTAMPTZ(3),
    "refusedLogin" TEXT,
    "eventsUpTo" TIMESTAMPTZ(3),

    CONSTRAINT "CreditAccount_pkey" PRIMARY KEY ("bureau")
);

-- CreateIndex
CREATE INDEX "CreditCompany_monitoring_idx" ON "CreditCompany"("monitoring");

-- CreateIndex
CREATE UNIQUE INDEX "CreditCompany_bureau_bureauId_key" ON "CreditCompany"("bureau", "bureauId");

-- CreateIndex
CREATE INDEX "CreditLink_companyId_idx" ON "CreditLink"("companyId");

-- CreateIndex
CREATE INDEX "CreditGap_reason_idx" ON "CreditGap"("reason");

-- CreateIndex
CREATE INDEX "CreditValue_criterion_idx" ON "CreditValue"("criterion");

-- CreateIndex
CREATE INDEX "CreditChange_companyId_criterion_at_idx" ON "CreditChange"("companyId", "criterion", "at");

-- CreateIndex
CREATE INDEX "CreditChange_runId_idx" ON "CreditChange"("runId");

-- CreateIndex
CREATE INDEX "CreditRun_bureau_startedAt_idx" ON "CreditRun"("bureau", "startedAt");

-- CreateIndex
CREATE INDEX "CreditOrder_companyId_idx" ON "CreditOrder"("companyId");

-- CreateIndex
CREATE INDEX "CreditOrder_outcome_idx" ON "CreditOrder"("outcome");

-- CreateIndex
CREATE INDEX "CreditEvent_companyId_idx" ON "CreditEvent"("companyId");

-- CreateIndex
CREATE UNIQUE INDEX "CreditEvent_bureau_eventId_key" ON "CreditEvent"("bureau", "eventId");

-- AddForeignKey
ALTER TABLE "CreditLink" ADD CONSTRAINT "CreditLink_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "CreditCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditValue" ADD CONSTRAINT "CreditValue_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "CreditCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditChange" ADD CONSTRAINT "CreditChange_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "CreditCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditRunCompany" ADD CONSTRAINT "CreditRunCompany_runId_fkey" FOREIGN KEY ("runId") REFERENCES "CreditRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;