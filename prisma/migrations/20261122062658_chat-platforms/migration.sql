-- AlterTable
ALTER TABLE "ChatPost" ADD COLUMN     "disclosure" TEXT NOT NULL DEFAULT 'full';

-- CreateTable
CREATE TABLE "ChatAccount" (
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "proof" TEXT NOT NULL,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatAccount_pkey" PRIMARY KEY ("platform","workspace","userId")
);

-- CreateTable
CREATE TABLE "ChatLinkCode" (
    "codeHash" TEXT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChatLinkCode_pkey" PRIMARY KEY ("codeHash")
);

-- CreateTable
CREATE TABLE "ChatConversation" (
    "platform" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "userId" TEXT,
    "reference" JSONB NOT NULL DEFAULT '{}',
    "members" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "membersAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatConversation_pkey" PRIMARY KEY ("platform","conversation")
);

-- CreateTable
CREATE TABLE "ChatChannel" (
    "platform" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,

    CONSTRAINT "ChatChannel_pkey" PRIMARY KEY ("platform","channel")
);

-- CreateTable
CREATE TABLE "ChatCopy" (
    "id" SERIAL NOT NULL,
    "postId" INTEGER NOT NULL,
    "platform" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "externalId" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "shown" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatCopy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChatDelivery" (
    "platform" TEXT NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatDelivery_pkey" PRIMARY KEY ("platform","deliveryId")
);

-- CreateTable
CREATE TABLE "SignInCount" (
    "subject" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "SignInCount_pkey" PRIMARY KEY ("subject","since")
);

-- CreateTable
CREATE TABLE "StaffPreference" (
    "staffId" INTEGER NOT NULL,
    "language" TEXT,
    "quietFrom" TEXT,
    "quietUntil" TEXT,
    "digestAt" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffPreference_pkey" PRIMARY KEY ("staffId")
);

-- CreateIndex
CREATE INDEX "ChatAccount_staffId_idx" ON "ChatAccount"("staffId");

-- CreateIndex
CREATE INDEX "ChatConversation_platform_workspace_userId_idx" ON "ChatConversation"("platform", "workspace", "userId");

-- CreateIndex
CREATE INDEX "ChatCopy_platform_status_dueAt_idx" ON "ChatCopy"("platform", "status", "dueAt");

-- CreateIndex
CREATE INDEX "ChatCopy_platform_conversation_externalId_idx" ON "ChatCopy"("platform", "conversation", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "ChatCopy_postId_platform_conversation_key" ON "ChatCopy"("postId", "platform", "conversation");

-- CreateIndex
CREATE INDEX "ChatDelivery_receivedAt_idx" ON "ChatDelivery"("receivedAt");

-- CreateIndex
CREATE INDEX "SignInCount_since_idx" ON "SignInCount"("since");

-- AddForeignKey
ALTER TABLE "ChatAccount" ADD CONSTRAINT "ChatAccount_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatLinkCode" ADD CONSTRAINT "ChatLinkCode_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatCopy" ADD CONSTRAINT "ChatCopy_postId_fkey" FOREIGN KEY ("postId") REFERENCES "ChatPost"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffPreference" ADD CONSTRAINT "StaffPreference_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;