-- AlterTable
ALTER TABLE "Administration" ADD COLUMN     "accountName" TEXT,
ADD COLUMN     "bic" TEXT,
ADD COLUMN     "iban" TEXT;

-- AlterTable
ALTER TABLE "PromiseToPay" ADD COLUMN     "contactId" INTEGER,
ADD COLUMN     "followedAt" TIMESTAMPTZ(3),
ADD COLUMN     "judgedAt" TIMESTAMPTZ(3),
ADD COLUMN     "keptShare" DECIMAL(5,4),
ADD COLUMN     "stake" DECIMAL(18,3),
ADD COLUMN     "waitUntil" DATE;

-- CreateTable
CREATE TABLE "PaymentPlan" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "currency" CHAR(3) NOT NULL,
    "total" DECIMAL(18,3) NOT NULL,
    "messageId" INTEGER,
    "actionId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PaymentPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentPlanInvoice" (
    "planId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,

    CONSTRAINT "PaymentPlanInvoice_pkey" PRIMARY KEY ("planId","invoiceId")
);

-- CreateTable
CREATE TABLE "Instalment" (
    "id" SERIAL NOT NULL,
    "planId" INTEGER NOT NULL,
    "dueOn" DATE NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "judgedAt" TIMESTAMPTZ(3),
    "followedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Instalment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PaymentPlan_actionId_key" ON "PaymentPlan"("actionId");

-- CreateIndex
CREATE INDEX "PaymentPlan_debtorId_idx" ON "PaymentPlan"("debtorId");

-- CreateIndex
CREATE INDEX "PaymentPlan_status_idx" ON "PaymentPlan"("status");

-- CreateIndex
CREATE INDEX "PaymentPlanInvoice_invoiceId_idx" ON "PaymentPlanInvoice"("invoiceId");

-- CreateIndex
CREATE INDEX "Instalment_planId_idx" ON "Instalment"("planId");

-- AddForeignKey
ALTER TABLE "PromiseToPay" ADD CONSTRAINT "PromiseToPay_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentPlan" ADD CONSTRAINT "PaymentPlan_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentPlanInvoice" ADD CONSTRAINT "PaymentPlanInvoice_planId_fkey" FOREIGN KEY ("planId") REFERENCES "PaymentPlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentPlanInvoice" ADD CONSTRAINT "PaymentPlanInvoice_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instalment" ADD CONSTRAINT "Instalment_planId_fkey" FOREIGN KEY ("planId") REFERENCES "PaymentPlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;