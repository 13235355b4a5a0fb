-- CreateTable
CREATE TABLE "InsurancePolicy" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "insurer" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "administrations" TEXT[],
    "segments" TEXT[],
    "debtors" TEXT[],
    "extendDays" INTEGER,
    "extendFrom" TEXT,
    "reportDays" INTEGER,
    "reportFrom" TEXT,
    "handOverDays" INTEGER,
    "handOverFrom" TEXT,
    "limitAmount" DECIMAL(18,3),
    "limitCurrency" CHAR(3),
    "tell" TEXT[],
    "warnDays" INTEGER NOT NULL,
    "responsible" TEXT,

    CONSTRAINT "InsurancePolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InsuredDebtor" (
    "debtorId" INTEGER NOT NULL,
    "policyId" TEXT NOT NULL,

    CONSTRAINT "InsuredDebtor_pkey" PRIMARY KEY ("debtorId")
);

-- CreateTable
CREATE TABLE "InsuredItem" (
    "invoiceId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "firstDueOn" DATE NOT NULL,
    "reportTaskId" INTEGER,
    "handOverTaskId" INTEGER,

    CONSTRAINT "InsuredItem_pkey" PRIMARY KEY ("invoiceId")
);

-- CreateTable
CREATE TABLE "InsuranceReport" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "policyId" TEXT NOT NULL,
    "reportedOn" DATE NOT NULL,
    "reference" TEXT,
    "staffId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "takenBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "InsuranceReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InsuranceReportItem" (
    "reportId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,

    CONSTRAINT "InsuranceReportItem_pkey" PRIMARY KEY ("reportId","invoiceId")
);

-- CreateTable
CREATE TABLE "InsuranceEvent" (
    "alertId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "taskId" INTEGER NOT NULL,

    CONSTRAINT "InsuranceEvent_pkey" PRIMARY KEY ("alertId","debtorId")
);

-- CreateIndex
CREATE INDEX "InsuredDebtor_policyId_idx" ON "InsuredDebtor"("policyId");

-- CreateIndex
CREATE INDEX "InsuredItem_debtorId_idx" ON "InsuredItem"("debtorId");

-- CreateIndex
CREATE INDEX "InsuredItem_reportTaskId_idx" ON "InsuredItem"("reportTaskId");

-- CreateIndex
CREATE INDEX "InsuredItem_handOverTaskId_idx" ON "InsuredItem"("handOverTaskId");

-- CreateIndex
CREATE INDEX "InsuranceReport_debtorId_idx" ON "InsuranceReport"("debtorId");

-- CreateIndex
CREATE INDEX "InsuranceReportItem_invoiceId_idx" ON "InsuranceReportItem"("invoiceId");

-- AddForeignKey
ALTER TABLE "InsuredDebtor" ADD CONSTRAINT "InsuredDebtor_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "InsurancePolicy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InsuranceReportItem" ADD CONSTRAINT "InsuranceReportItem_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "InsuranceReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;