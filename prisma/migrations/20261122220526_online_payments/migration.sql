-- CreateTable
CREATE TABLE "PaymentLink" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "dunningActionId" INTEGER,
    "invoiceIds" INTEGER[],
    "seed" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "base" TEXT NOT NULL,
    "staffId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3),
    "openings" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3),
    "paidAt" TIMESTAMPTZ(3),

    CONSTRAINT "PaymentLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OnlinePayment" (
    "id" SERIAL NOT NULL,
    "linkId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "externalId" TEXT,
    "checkoutUrl" TEXT,
    "status" TEXT NOT NULL DEFAULT 'starting',
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "takenBack" DECIMAL(18,3) NOT NULL DEFAULT 0,
    "method" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3),
    "paidAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "followedAt" TIMESTAMPTZ(3),
    "holdIds" INTEGER[],

    CONSTRAINT "OnlinePayment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OnlinePaymentItem" (
    "paymentId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "openThen" DECIMAL(18,3) NOT NULL,

    CONSTRAINT "OnlinePaymentItem_pkey" PRIMARY KEY ("paymentId","invoiceId")
);

-- CreateIndex
CREATE UNIQUE INDEX "PaymentLink_dunningActionId_key" ON "PaymentLink"("dunningActionId");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentLink_tokenHash_key" ON "PaymentLink"("tokenHash");

-- CreateIndex
CREATE INDEX "PaymentLink_debtorId_idx" ON "PaymentLink"("debtorId");

-- CreateIndex
CREATE INDEX "OnlinePayment_linkId_idx" ON "OnlinePayment"("linkId");

-- CreateIndex
CREATE INDEX "OnlinePayment_debtorId_idx" ON "OnlinePayment"("debtorId");

-- CreateIndex
CREATE INDEX "OnlinePayment_status_idx" ON "OnlinePayment"("status");

-- CreateIndex
CREATE UNIQUE INDEX "OnlinePayment_provider_externalId_key" ON "OnlinePayment"("provider", "externalId");

-- CreateIndex
CREATE INDEX "OnlinePaymentItem_invoiceId_idx" ON "OnlinePaymentItem"("invoiceId");

-- AddForeignKey
ALTER TABLE "OnlinePayment" ADD CONSTRAINT "OnlinePayment_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "PaymentLink"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnlinePaymentItem" ADD CONSTRAINT "OnlinePaymentItem_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "OnlinePayment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
