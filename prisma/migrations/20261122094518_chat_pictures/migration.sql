-- CreateTable
CREATE TABLE "ChatPicture" (
    "platform" TEXT NOT NULL,
    "attachmentId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatPicture_pkey" PRIMARY KEY ("platform","attachmentId")
);