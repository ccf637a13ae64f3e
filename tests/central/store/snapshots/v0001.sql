BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE early_cancels (
	office TEXT NOT NULL, 
	ticket_id TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (office, ticket_id)
)
 STRICT

;
CREATE TABLE enrol_codes (
	code_hash TEXT NOT NULL, 
	office TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	expires_at INTEGER NOT NULL, 
	used_at INTEGER, 
	PRIMARY KEY (code_hash)
)
 STRICT

;
INSERT INTO "enrol_codes" VALUES('90e8afbb40b61fc0c584c0d78592db9855832584214a5f9d34055d9385b7b39a','hoa-sen',1,1795399200000,1795395600000);
CREATE TABLE events (
	office TEXT NOT NULL, 
	id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	audience TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (office, id)
)
 STRICT

;
INSERT INTO "events" VALUES('hoa-sen',1,1795395600000,'services_changed','public','{"etag": "\"335d6655d8e08cf08bfd20cd10bd5523\""}');
INSERT INTO "events" VALUES('hoa-sen',2,1795395600000,'kiosk_enrolled','staff','{"kiosk": 1, "replaced": false}');
INSERT INTO "events" VALUES('hoa-sen',3,1795395600000,'ticket_issued','public','{"number": "A001", "service": "chung-thuc"}');
INSERT INTO "events" VALUES('hoa-sen',4,1795395600000,'ticket_issued','public','{"number": "A002", "service": "chung-thuc"}');
INSERT INTO "events" VALUES('hoa-sen',5,1795395600000,'ticket_issued','public','{"number": "B001", "service": "ho-tich"}');
INSERT INTO "events" VALUES('hoa-sen',6,1795395600000,'ticket_issued','public','{"number": "A003", "service": "chung-thuc"}');
INSERT INTO "events" VALUES('hoa-sen',7,1795395600000,'ticket_issued','public','{"number": "B002", "service": "ho-tich"}');
INSERT INTO "events" VALUES('hoa-sen',8,1795395600000,'ticket_cancelled','public','{"number": "B002", "service": "ho-tich"}');
CREATE TABLE help_calls (
	id INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	emergency INTEGER NOT NULL, 
	called_at INTEGER NOT NULL, 
	acknowledged_at INTEGER, 
	ended_at INTEGER, 
	PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE kiosk_instances (
	office TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	instance TEXT NOT NULL, 
	last_seen INTEGER NOT NULL, 
	PRIMARY KEY (office, kiosk, instance)
)
 STRICT

;
CREATE TABLE kiosks (
	office TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	token_hash TEXT NOT NULL, 
	enrolled_at INTEGER NOT NULL, 
	instance TEXT, 
	last_seen INTEGER, 
	alarm_at INTEGER, 
	version TEXT, 
	outbox INTEGER, 
	parked INTEGER, 
	findings TEXT, 
	PRIMARY KEY (office, kiosk), 
	UNIQUE (token_hash)
)
 STRICT

;
INSERT INTO "kiosks" VALUES('hoa-sen',1,'53b9b1bbf8fb04e57ffe2ceb104262bede394bcb71ed7abfec17b42d0ac033d6',1795395600000,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE number_gaps (
	office TEXT NOT NULL, 
	day TEXT NOT NULL, 
	number TEXT NOT NULL, 
	ticket_id TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	PRIMARY KEY (office, day, number)
)
 STRICT

;
CREATE TABLE number_series (
	office TEXT NOT NULL, 
	day TEXT NOT NULL, 
	prefix TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	high INTEGER NOT NULL, 
	last_place INTEGER NOT NULL, 
	PRIMARY KEY (office, day, prefix, kiosk)
)
 STRICT

;
INSERT INTO "number_series" VALUES('hoa-sen','2026-11-23','A',0,3,1795395600002);
INSERT INTO "number_series" VALUES('hoa-sen','2026-11-23','B',0,2,1795395600001);
CREATE TABLE offices (
	code TEXT NOT NULL, 
	catalogue TEXT NOT NULL, 
	etag TEXT NOT NULL, 
	event_high INTEGER NOT NULL, 
	PRIMARY KEY (code)
)
 STRICT

;
INSERT INTO "offices" VALUES('hoa-sen','{"office": "hoa-sen", "line1": {"vi": "Điểm Phục vụ hành chính công", "en": ""}, "line2": {"vi": "Phường Hoa Sen", "en": ""}, "profile": "ward", "timezone": "Asia/Ho_Chi_Minh", "hours": {"week": [[{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}, {"opens": "13:00", "closes": "17:00", "numbers_from": "12:45", "last_number": "16:45"}], [{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}, {"opens": "13:00", "closes": "17:00", "numbers_from": "12:45", "last_number": "16:45"}], [{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}, {"opens": "13:00", "closes": "17:00", "numbers_from": "12:45", "last_number": "16:45"}], [{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}, {"opens": "13:00", "closes": "17:00", "numbers_from": "12:45", "last_number": "16:45"}], [{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}, {"opens": "13:00", "closes": "17:00", "numbers_from": "12:45", "last_number": "16:45"}], [{"opens": "07:30", "closes": "11:30", "numbers_from": "07:00", "last_number": "11:15"}], []], "closed_days": []}, "services": [{"code": "chung-thuc", "prefix": "A", "name": {"vi": "Chứng thực", "en": "Certified copies"}, "example": {"vi": "", "en": ""}, "search": [], "icon": "number", "procedures": [], "ask_procedure": false, "hours": null, "quota": null, "area": {"name": {"vi": "", "en": ""}, "floor": null, "way": null}, "room": null, "counters": [2, 3], "private": false, "limit_exempt": false, "group": null, "minutes_each": 4.0, "at_rest": null}, {"code": "ho-tich", "prefix": "B", "name": {"vi": "Hộ tịch", "en": "Civil status"}, "example": {"vi": "", "en": ""}, "search": [], "icon": "number", "procedures": [], "ask_procedure": false, "hours": null, "quota": null, "area": {"name": {"vi": "Khu chờ tầng 1", "en": ""}, "floor": null, "way": null}, "room": null, "counters": [1], "private": false, "limit_exempt": false, "group": null, "minutes_each": 8.0, "at_rest": null}, {"code": "nhan-ket-qua", "prefix": "H", "name": {"vi": "Nhận kết quả", "en": "Results"}, "example": {"vi": "", "en": ""}, "search": [], "icon": "number", "procedures": [], "ask_procedure": false, "hours": null, "quota": null, "area": {"name": {"vi": "", "en": ""}, "floor": null, "way": null}, "room": null, "counters": [], "private": false, "limit_exempt": true, "group": null, "minutes_each": 8.0, "at_rest": null}], "priorities": [{"code": "elderly", "name": {"vi": "Từ 75 tuổi", "en": ""}, "age_from": 75, "age_under": null, "said": true}], "wrong_doors": [], "rules": {"identify": "first", "open_tickets_per_service": 1, "tickets_per_day": null, "ask_priority": true, "late_minutes": 20, "missed_minutes": 20}, "follow_base": "https://so.example.vn", "guide_place": {"vi": "", "en": ""}}','"335d6655d8e08cf08bfd20cd10bd5523"',8);
CREATE TABLE parked_papers (
	id INTEGER NOT NULL, 
	office TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	kiosk INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	ticket_id TEXT, 
	number TEXT, 
	service TEXT, 
	issued_at TEXT, 
	arrived_at INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (office, fingerprint)
)
 STRICT

;
CREATE TABLE tickets (
	office TEXT NOT NULL, 
	ticket_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	number TEXT NOT NULL, 
	printed INTEGER NOT NULL, 
	service TEXT NOT NULL, 
	state TEXT NOT NULL, 
	issued_at INTEGER NOT NULL, 
	place_at INTEGER NOT NULL, 
	arrived_at INTEGER NOT NULL, 
	called_at INTEGER, 
	kiosk INTEGER NOT NULL, 
	method TEXT NOT NULL, 
	priority TEXT, 
	priority_proven INTEGER NOT NULL, 
	person_ref TEXT, 
	procedure TEXT, 
	on_behalf INTEGER NOT NULL, 
	session TEXT, 
	print TEXT, 
	follow_hash TEXT, 
	flags TEXT NOT NULL, 
	PRIMARY KEY (office, ticket_id), 
	CONSTRAINT one_paper_one_number UNIQUE (office, day, number)
)
 STRICT

;
INSERT INTO "tickets" VALUES('hoa-sen','019a0000-0000-7000-8000-000000000001','2026-11-23','A001',0,'chung-thuc','waiting',1795395600000,1795395600000,1795395600000,NULL,1,'none',NULL,0,NULL,NULL,0,'07:30',NULL,NULL,'[]');
INSERT INTO "tickets" VALUES('hoa-sen','019a0000-0000-7000-8000-000000000002','2026-11-23','A002',0,'chung-thuc','waiting',1795395600000,1795395600001,1795395600000,NULL,1,'none',NULL,0,NULL,NULL,0,'07:30',NULL,NULL,'[]');
INSERT INTO "tickets" VALUES('hoa-sen','019a0000-0000-7000-8000-000000000003','2026-11-23','B001',0,'ho-tich','waiting',1795395600000,1795395600000,1795395600000,NULL,1,'none',NULL,0,NULL,NULL,0,'07:30',NULL,NULL,'[]');
INSERT INTO "tickets" VALUES('hoa-sen','019a0000-0000-7000-8000-000000000004','2026-11-23','A003',0,'chung-thuc','waiting',1795395600000,1795395600002,1795395600000,NULL,1,'none','elderly',1,'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',NULL,0,'07:30',NULL,NULL,'[]');
INSERT INTO "tickets" VALUES('hoa-sen','019a0000-0000-7000-8000-000000000005','2026-11-23','B002',0,'ho-tich','cancelled',1795395600000,1795395600001,1795395600000,NULL,1,'none',NULL,0,NULL,NULL,0,'07:30',NULL,NULL,'[]');
CREATE INDEX help_calls_of_kiosk ON help_calls (office, kiosk, id);
CREATE INDEX tickets_followed ON tickets (follow_hash);
CREATE INDEX tickets_in_order ON tickets (office, day, service, state, place_at, issued_at, ticket_id);
CREATE INDEX tickets_of_person ON tickets (office, person_ref, day);
COMMIT;
