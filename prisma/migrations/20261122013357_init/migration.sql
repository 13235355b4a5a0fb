CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "ChatPost" (
    "id" SERIAL NOT NULL,
    "surface" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "parentId" INTEGER,
    "externalId" TEXT,
    "authorId" INTEGER,
    "privateTo" INTEGER,
    "card" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChatPost_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DunningHold" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "invoiceId" INTEGER,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "actionId" INTEGER,
    "proposalId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DunningHold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Administration" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL DEFAULT 'NL',
    "language" TEXT NOT NULL DEFAULT 'en',
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "timeZone" TEXT NOT NULL DEFAULT 'Europe/Amsterdam',
    "importedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Administration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DebtorGroup" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "DebtorGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Debtor" (
    "id" SERIAL NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "searchName" TEXT NOT NULL,
    "partyType" TEXT NOT NULL DEFAULT 'debtor',
    "country" CHAR(2),
    "language" TEXT,
    "companyNumber" TEXT,
    "companyNumberCourt" TEXT,
    "companyNumberGiven" TEXT,
    "companyNumberProblem" TEXT,
    "vatNumber" TEXT,
    "legalForm" TEXT,
    "paymentReference" TEXT,
    "collector" TEXT,
    "groupId" INTEGER,
    "imported" JSONB NOT NULL DEFAULT '{}',
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Debtor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "language" TEXT,
    "source" TEXT NOT NULL DEFAULT 'import',
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "emailStatus" TEXT NOT NULL DEFAULT 'ok',
    "emailProblem" TEXT,
    "absentUntil" DATE,
    "standIn" TEXT,
    "imported" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invoice" (
    "id" SERIAL NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "searchNumber" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'invoice',
    "invoiceDate" DATE,
    "dueDate" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "openAmount" DECIMAL(18,3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "closedOn" DATE,
    "closedReason" TEXT,
    "poNumber" TEXT,
    "orderNumber" TEXT,
    "paymentReference" TEXT,
    "importRunId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" SERIAL NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "orderDate" DATE,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "poNumber" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" SERIAL NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "debtorId" INTEGER,
    "reference" TEXT NOT NULL,
    "receivedOn" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "text" TEXT,

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentAllocation" (
    "paymentId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,

    CONSTRAINT "PaymentAllocation_pkey" PRIMARY KEY ("paymentId","invoiceId")
);

-- CreateTable
CREATE TABLE "PromiseToPay" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "promisedOn" DATE,
    "amount" DECIMAL(18,3),
    "currency" CHAR(3),
    "conditional" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'open',
    "evidence" TEXT,
    "messageId" INTEGER,
    "actionId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromiseToPay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PromiseInvoice" (
    "promiseId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,

    CONSTRAINT "PromiseInvoice_pkey" PRIMARY KEY ("promiseId","invoiceId")
);

-- CreateTable
CREATE TABLE "Dispute" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "text" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "ownerId" INTEGER,
    "answerDue" DATE,
    "messageId" INTEGER,
    "actionId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DisputeInvoice" (
    "disputeId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,

    CONSTRAINT "DisputeInvoice_pkey" PRIMARY KEY ("disputeId","invoiceId")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "authorId" INTEGER,
    "actionId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoteInvoice" (
    "noteId" INTEGER NOT NULL,
    "invoiceId" INTEGER NOT NULL,

    CONSTRAINT "NoteInvoice_pkey" PRIMARY KEY ("noteId","invoiceId")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER,
    "messageId" INTEGER,
    "actionId" INTEGER,
    "title" TEXT NOT NULL,
    "detail" TEXT,
    "assigneeId" INTEGER,
    "dueOn" DATE,
    "status" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportRun" (
    "id" SERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "rejectFile" TEXT,
    "error" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mailbox" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'starting',
    "problem" TEXT,
    "lastSyncAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mailbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailFolder" (
    "id" SERIAL NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "uidValidity" BIGINT,
    "lastUid" BIGINT NOT NULL DEFAULT 0,
    "highestModseq" BIGINT,

    CONSTRAINT "MailFolder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Thread" (
    "id" SERIAL NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "debtorId" INTEGER,
    "lastMessageAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" SERIAL NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "rawHash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "history" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL DEFAULT 'mail',
    "internetMessageId" TEXT,
    "inReplyTo" TEXT,
    "references" TEXT[],
    "fromAddress" TEXT,
    "fromName" TEXT,
    "replyTo" TEXT[],
    "to" TEXT[],
    "cc" TEXT[],
    "subject" TEXT NOT NULL DEFAULT '',
    "sentAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "replyText" TEXT NOT NULL DEFAULT '',
    "language" TEXT,
    "headers" JSONB NOT NULL DEFAULT '[]',
    "parseProblem" TEXT,
    "findings" JSONB NOT NULL DEFAULT '{}',
    "threadId" INTEGER,
    "debtorId" INTEGER,
    "linkReason" TEXT,
    "candidates" JSONB NOT NULL DEFAULT '[]',
    "status" TEXT NOT NULL DEFAULT 'received',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageLocation" (
    "folderId" INTEGER NOT NULL,
    "uidValidity" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "messageId" INTEGER NOT NULL,

    CONSTRAINT "MessageLocation_pkey" PRIMARY KEY ("folderId","uidValidity","uid")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" SERIAL NOT NULL,
    "messageId" INTEGER NOT NULL,
    "fileName" TEXT,
    "contentType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "hash" TEXT,
    "inline" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboundMail" (
    "id" SERIAL NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "internetMessageId" TEXT NOT NULL,
    "actionId" INTEGER,
    "threadId" INTEGER,
    "debtorId" INTEGER,
    "inReplyTo" TEXT,
    "references" TEXT[],
    "to" TEXT[],
    "cc" TEXT[],
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'scheduled',
    "sendAfter" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "rawHash" TEXT,
    "filedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OutboundMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'collector',
    "language" TEXT NOT NULL DEFAULT 'en',
    "amountLimit" DECIMAL(18,3),
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInLink" (
    "tokenHash" TEXT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL,
    "staffId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "ScheduleTick" (
    "name" TEXT NOT NULL,
    "lastTick" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ScheduleTick_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "contentHash" TEXT,
    "seq" INTEGER,
    "prevHash" TEXT,
    "hash" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditContent" (
    "entryId" INTEGER NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "AuditContent_pkey" PRIMARY KEY ("entryId")
);

-- CreateTable
CREATE TABLE "OpsAlert" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "remedy" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OpsAlert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" SERIAL NOT NULL,
    "messageId" INTEGER NOT NULL,
    "mailboxId" INTEGER NOT NULL,
    "threadId" INTEGER,
    "debtorId" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'open',
    "needsPerson" TEXT,
    "summary" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "ownerId" INTEGER,
    "snoozedUntil" TIMESTAMPTZ(3),
    "supersededBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" INTEGER,
    "edited" BOOLEAN NOT NULL DEFAULT false,
    "firstVoteById" INTEGER,
    "basis" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProposedAction" (
    "id" SERIAL NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "messageId" INTEGER,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "protective" BOOLEAN NOT NULL DEFAULT false,
    "ticked" BOOLEAN NOT NULL DEFAULT true,
    "edited" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "scheduledFor" TIMESTAMPTZ(3),
    "claimedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "result" JSONB,
    "problem" TEXT,

    CONSTRAINT "ProposedAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" SERIAL NOT NULL,
    "proposalId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "staffId" INTEGER,
    "edited" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "surface" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reading" (
    "id" SERIAL NOT NULL,
    "messageId" INTEGER NOT NULL,
    "engine" TEXT NOT NULL,
    "reading" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LlmUsage" (
    "day" DATE NOT NULL,
    "model" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "promptTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cost" DECIMAL(18,6) NOT NULL DEFAULT 0,

    CONSTRAINT "LlmUsage_pkey" PRIMARY KEY ("day","model")
);

-- CreateIndex
CREATE INDEX "ChatPost_surface_channel_id_idx" ON "ChatPost"("surface", "channel", "id");

-- CreateIndex
CREATE INDEX "ChatPost_subject_idx" ON "ChatPost"("subject");

-- CreateIndex
CREATE INDEX "ChatPost_parentId_idx" ON "ChatPost"("parentId");

-- CreateIndex
CREATE INDEX "DunningHold_debtorId_idx" ON "DunningHold"("debtorId");

-- CreateIndex
CREATE INDEX "DunningHold_proposalId_idx" ON "DunningHold"("proposalId");

-- CreateIndex
CREATE INDEX "DunningHold_actionId_idx" ON "DunningHold"("actionId");

-- CreateIndex
CREATE UNIQUE INDEX "Administration_code_key" ON "Administration"("code");

-- CreateIndex
CREATE UNIQUE INDEX "DebtorGroup_name_key" ON "DebtorGroup"("name");

-- CreateIndex
CREATE INDEX "Debtor_searchName_idx" ON "Debtor" USING GIN ("searchName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Debtor_companyNumber_idx" ON "Debtor"("companyNumber");

-- CreateIndex
CREATE INDEX "Debtor_vatNumber_idx" ON "Debtor"("vatNumber");

-- CreateIndex
CREATE INDEX "Debtor_paymentReference_idx" ON "Debtor"("paymentReference");

-- CreateIndex
CREATE INDEX "Debtor_groupId_idx" ON "Debtor"("groupId");

-- CreateIndex
CREATE UNIQUE INDEX "Debtor_administrationId_number_key" ON "Debtor"("administrationId", "number");

-- CreateIndex
CREATE INDEX "Contact_debtorId_idx" ON "Contact"("debtorId");

-- CreateIndex
CREATE INDEX "Contact_email_idx" ON "Contact"("email");

-- CreateIndex
CREATE INDEX "Invoice_debtorId_idx" ON "Invoice"("debtorId");

-- CreateIndex
CREATE INDEX "Invoice_searchNumber_idx" ON "Invoice"("searchNumber");

-- CreateIndex
CREATE INDEX "Invoice_paymentReference_idx" ON "Invoice"("paymentReference");

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_administrationId_number_key" ON "Invoice"("administrationId", "number");

-- CreateIndex
CREATE INDEX "Order_debtorId_idx" ON "Order"("debtorId");

-- CreateIndex
CREATE UNIQUE INDEX "Order_administrationId_number_key" ON "Order"("administrationId", "number");

-- CreateIndex
CREATE INDEX "Payment_debtorId_idx" ON "Payment"("debtorId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_administrationId_reference_key" ON "Payment"("administrationId", "reference");

-- CreateIndex
CREATE INDEX "PaymentAllocation_invoiceId_idx" ON "PaymentAllocation"("invoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "PromiseToPay_actionId_key" ON "PromiseToPay"("actionId");

-- CreateIndex
CREATE INDEX "PromiseToPay_debtorId_idx" ON "PromiseToPay"("debtorId");

-- CreateIndex
CREATE INDEX "PromiseInvoice_invoiceId_idx" ON "PromiseInvoice"("invoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "Dispute_actionId_key" ON "Dispute"("actionId");

-- CreateIndex
CREATE INDEX "Dispute_debtorId_idx" ON "Dispute"("debtorId");

-- CreateIndex
CREATE INDEX "DisputeInvoice_invoiceId_idx" ON "DisputeInvoice"("invoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "Note_actionId_key" ON "Note"("actionId");

-- CreateIndex
CREATE INDEX "Note_debtorId_idx" ON "Note"("debtorId");

-- CreateIndex
CREATE INDEX "NoteInvoice_invoiceId_idx" ON "NoteInvoice"("invoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "Task_actionId_key" ON "Task"("actionId");

-- CreateIndex
CREATE INDEX "Task_debtorId_idx" ON "Task"("debtorId");

-- CreateIndex
CREATE INDEX "ImportRun_fileHash_idx" ON "ImportRun"("fileHash");

-- CreateIndex
CREATE UNIQUE INDEX "Mailbox_key_key" ON "Mailbox"("key");

-- CreateIndex
CREATE UNIQUE INDEX "MailFolder_mailboxId_path_key" ON "MailFolder"("mailboxId", "path");

-- CreateIndex
CREATE INDEX "Thread_mailboxId_subject_idx" ON "Thread"("mailboxId", "subject");

-- CreateIndex
CREATE INDEX "Thread_debtorId_idx" ON "Thread"("debtorId");

-- CreateIndex
CREATE INDEX "Message_internetMessageId_idx" ON "Message"("internetMessageId");

-- CreateIndex
CREATE INDEX "Message_inReplyTo_idx" ON "Message"("inReplyTo");

-- CreateIndex
CREATE INDEX "Message_threadId_idx" ON "Message"("threadId");

-- CreateIndex
CREATE INDEX "Message_debtorId_receivedAt_idx" ON "Message"("debtorId", "receivedAt");

-- CreateIndex
CREATE INDEX "Message_fromAddress_idx" ON "Message"("fromAddress");

-- CreateIndex
CREATE UNIQUE INDEX "Message_mailboxId_rawHash_key" ON "Message"("mailboxId", "rawHash");

-- CreateIndex
CREATE INDEX "MessageLocation_messageId_idx" ON "MessageLocation"("messageId");

-- CreateIndex
CREATE INDEX "Attachment_messageId_idx" ON "Attachment"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboundMail_internetMessageId_key" ON "OutboundMail"("internetMessageId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboundMail_actionId_key" ON "OutboundMail"("actionId");

-- CreateIndex
CREATE INDEX "OutboundMail_state_sendAfter_idx" ON "OutboundMail"("state", "sendAfter");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_key_key" ON "Staff"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_email_key" ON "Staff"("email");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_seq_key" ON "AuditEntry"("seq");

-- CreateIndex
CREATE INDEX "AuditEntry_subject_idx" ON "AuditEntry"("subject");

-- CreateIndex
CREATE INDEX "OpsAlert_key_idx" ON "OpsAlert"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_messageId_key" ON "Proposal"("messageId");

-- CreateIndex
CREATE INDEX "Proposal_status_idx" ON "Proposal"("status");

-- CreateIndex
CREATE INDEX "Proposal_threadId_idx" ON "Proposal"("threadId");

-- CreateIndex
CREATE INDEX "Proposal_debtorId_idx" ON "Proposal"("debtorId");

-- CreateIndex
CREATE INDEX "ProposedAction_status_idx" ON "ProposedAction"("status");

-- CreateIndex
CREATE UNIQUE INDEX "ProposedAction_proposalId_position_key" ON "ProposedAction"("proposalId", "position");

-- CreateIndex
CREATE INDEX "Decision_proposalId_idx" ON "Decision"("proposalId");

-- CreateIndex
CREATE UNIQUE INDEX "Reading_messageId_key" ON "Reading"("messageId");

-- AddForeignKey
ALTER TABLE "ChatPost" ADD CONSTRAINT "ChatPost_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "ChatPost"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Debtor" ADD CONSTRAINT "Debtor_administrationId_fkey" FOREIGN KEY ("administrationId") REFERENCES "Administration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Debtor" ADD CONSTRAINT "Debtor_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DebtorGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_administrationId_fkey" FOREIGN KEY ("administrationId") REFERENCES "Administration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_administrationId_fkey" FOREIGN KEY ("administrationId") REFERENCES "Administration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_administrationId_fkey" FOREIGN KEY ("administrationId") REFERENCES "Administration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentAllocation" ADD CONSTRAINT "PaymentAllocation_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentAllocation" ADD CONSTRAINT "PaymentAllocation_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromiseToPay" ADD CONSTRAINT "PromiseToPay_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromiseInvoice" ADD CONSTRAINT "PromiseInvoice_promiseId_fkey" FOREIGN KEY ("promiseId") REFERENCES "PromiseToPay"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromiseInvoice" ADD CONSTRAINT "PromiseInvoice_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dispute" ADD CONSTRAINT "Dispute_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeInvoice" ADD CONSTRAINT "DisputeInvoice_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeInvoice" ADD CONSTRAINT "DisputeInvoice_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoteInvoice" ADD CONSTRAINT "NoteInvoice_noteId_fkey" FOREIGN KEY ("noteId") REFERENCES "Note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoteInvoice" ADD CONSTRAINT "NoteInvoice_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MailFolder" ADD CONSTRAINT "MailFolder_mailboxId_fkey" FOREIGN KEY ("mailboxId") REFERENCES "Mailbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_mailboxId_fkey" FOREIGN KEY ("mailboxId") REFERENCES "Mailbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_mailboxId_fkey" FOREIGN KEY ("mailboxId") REFERENCES "Mailbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageLocation" ADD CONSTRAINT "MessageLocation_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "MailFolder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageLocation" ADD CONSTRAINT "MessageLocation_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboundMail" ADD CONSTRAINT "OutboundMail_mailboxId_fkey" FOREIGN KEY ("mailboxId") REFERENCES "Mailbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInLink" ADD CONSTRAINT "SignInLink_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditContent" ADD CONSTRAINT "AuditContent_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "AuditEntry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProposedAction" ADD CONSTRAINT "ProposedAction_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Aging and action lists read open items only.
CREATE INDEX "Invoice_open_items" ON "Invoice" ("debtorId", "dueDate") INCLUDE ("openAmount", "currency") WHERE status = 'open';

-- The audit trail is append-only: an entry is written once, sealed once, and never changed or deleted.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seq IS NULL
    AND (NEW.id, NEW.at, NEW.actor, NEW.event, NEW.subject, NEW.detail, NEW."contentHash")
      IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.actor, OLD.event, OLD.subject, OLD.detail, OLD."contentHash") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

-- The trail cannot be emptied, and the personal part of an entry can be erased but never rewritten.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_content_is_never_emptied BEFORE TRUNCATE ON "AuditContent" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_content_is_never_rewritten BEFORE UPDATE ON "AuditContent" FOR EACH ROW EXECUTE FUNCTION audit_is_kept();

-- A mail's sender is matched by domain, too; Prisma's schema has no words for an index on an expression.
CREATE INDEX "Contact_email_domain_idx" ON "Contact" (split_part("email", '@', 2));
