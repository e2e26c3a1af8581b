"""The place: hours, rules, pictures, rooms, bookings, taps, tasks; and that no two bookings overlap.

PostgreSQL has an exclusion constraint over core range types; SQLite has two triggers. Whoever later lets
Django make the table of bookings anew on SQLite must make the triggers anew too: a test tells.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

OVERLAPS = """WHEN NEW.cancelled_at IS NULL AND EXISTS (
    SELECT 1 FROM meetingplace_booking b WHERE b.resource_id = NEW.resource_id AND b.id <> NEW.id
    AND b.cancelled_at IS NULL AND b.starts_at < NEW.ends_at AND b.ends_at > NEW.starts_at)
    BEGIN SELECT RAISE(ABORT, 'booking_taken'); END"""
SQLITE = [
    f"CREATE TRIGGER booking_taken_ai AFTER INSERT ON meetingplace_booking {OVERLAPS}",
    f"""CREATE TRIGGER booking_taken_au AFTER UPDATE OF resource_id, starts_at, ends_at, cancelled_at
    ON meetingplace_booking {OVERLAPS}""",
]
POSTGRES = [
    """ALTER TABLE meetingplace_booking ADD CONSTRAINT booking_taken EXCLUDE USING gist (
    int8range(resource_id, resource_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (cancelled_at IS NULL)""",
]


def refuse_overlaps(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def let_them_be(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER booking_taken_ai")
        schema_editor.execute("DROP TRIGGER booking_taken_au")
    else:
        schema_editor.execute("ALTER TABLE meetingplace_booking DROP CONSTRAINT booking_taken")



class Migration(migrations.Migration):

    dependencies = [
        ('meetingplace', '0001_initial'),
        ('organisations', '0002_organisation_place_organisationname_plain_name'),
        ('web', '0002_full_text_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'har spurt'), ('given', 'vist fram'), ('withdrawn', 'trukket tilbake')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alt', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('text', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('room', 'rom'), ('thing', 'noe å låne med seg')], default='room', max_length=8)),
                ('needs_introduction', models.BooleanField(default=False)),
                ('longest_minutes', models.PositiveIntegerField(default=180)),
                ('longest_days', models.PositiveSmallIntegerField(default=14)),
                ('is_in_use', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ShownHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=160)),
            ],
        ),
        migrations.CreateModel(
            name='Tap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('came', 'kom'), ('left', 'gikk')], max_length=4)),
                ('on_date', models.DateField()),
                ('part', models.CharField(choices=[('morning', 'formiddag'), ('afternoon', 'ettermiddag'), ('evening', 'kveld')], max_length=9)),
                ('is_first', models.BooleanField(blank=True, null=True)),
                ('how', models.CharField(blank=True, choices=[('good', 'Godt'), ('so_so', 'Sånn passe'), ('not_good', 'Ikke så godt')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('host', 'vertsvakt'), ('shift', 'vakt'), ('task', 'oppgave')], default='task', max_length=5)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True)),
                ('on_date', models.DateField()),
                ('starts', models.TimeField(blank=True, null=True)),
                ('ends', models.TimeField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('form_key', models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Wait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='centre',
            name='about',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='centre',
            name='address',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='centre',
            name='bookings_kept_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='centre',
            name='closed_on_holidays',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='centre',
            name='contact',
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name='centre',
            name='directions',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='centre',
            name='house',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('for_name', models.CharField(blank=True, max_length=80)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('series', models.UUIDField(blank=True, null=True)),
                ('form_key', models.UUIDField(blank=True, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('out_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.BinaryField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='meetingplace.centre')),
            ],
        ),
        migrations.CreateModel(
            name='Hours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'mandag'), (1, 'tirsdag'), (2, 'onsdag'), (3, 'torsdag'), (4, 'fredag'), (5, 'lørdag'), (6, 'søndag')], null=True)),
                ('on_date', models.DateField(blank=True, null=True)),
                ('opens', models.TimeField(blank=True, null=True)),
                ('closes', models.TimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='meetingplace.centre')),
            ],
        ),
        migrations.CreateModel(
            name='HouseRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('agreed_on', models.DateField()),
                ('agreed_where', models.CharField(blank=True, max_length=120)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='meetingplace.centre')),
            ],
        ),
        migrations.AddField(
            model_name='centre',
            name='current_rules',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetingplace.houserules'),
        ),
        migrations.AddConstraint(
            model_name='centre',
            constraint=models.CheckConstraint(condition=models.Q(('bookings_kept_days__gte', 1), ('bookings_kept_days__lte', 365)), name='centre_forgets_in_time'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='introduction',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='picture',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='meetingplace.centre'),
        ),
        migrations.AddField(
            model_name='picture',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='web.storedfile'),
        ),
        migrations.AddField(
            model_name='resource',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources', to='meetingplace.centre'),
        ),
        migrations.AddField(
            model_name='introduction',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions', to='meetingplace.resource'),
        ),
        migrations.AddField(
            model_name='guide',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guides', to='meetingplace.resource'),
        ),
        migrations.AddField(
            model_name='booking',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='meetingplace.resource'),
        ),
        migrations.AddField(
            model_name='shownhost',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown_hosts', to='meetingplace.centre'),
        ),
        migrations.AddField(
            model_name='shownhost',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tap',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taps', to='meetingplace.centre'),
        ),
        migrations.AddField(
            model_name='task',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='meetingplace.centre'),
        ),
        migrations.AddField(
            model_name='task',
            name='taken_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wait',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wait',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits', to='meetingplace.resource'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['centre', '-id'], name='meeting_handovers'),
        ),
        migrations.AddConstraint(
            model_name='hours',
            constraint=models.UniqueConstraint(fields=('centre', 'weekday', 'opens'), name='hours_once'),
        ),
        migrations.AddConstraint(
            model_name='hours',
            constraint=models.UniqueConstraint(fields=('centre', 'on_date', 'opens'), name='hours_of_date_once'),
        ),
        migrations.AddConstraint(
            model_name='hours',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on_date', None), ('opens__isnull', False), ('weekday__lte', 6)), models.Q(('on_date__isnull', False), ('weekday', None)), _connector='OR'), name='hours_of_weekday_or_date'),
        ),
        migrations.AddConstraint(
            model_name='hours',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes', None), ('opens', None)), ('closes__gt', models.F('opens')), _connector='OR'), name='hours_have_length'),
        ),
        migrations.AddConstraint(
            model_name='houserules',
            constraint=models.UniqueConstraint(fields=('centre', 'number'), name='rules_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='picture_is_said_in_words'),
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['centre', 'is_in_use', 'kind', 'name'], name='meeting_resources'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.UniqueConstraint(fields=('resource', 'person'), name='introduction_once'),
        ),
        migrations.AddConstraint(
            model_name='guide',
            constraint=models.UniqueConstraint(fields=('resource', 'person'), name='room_guide_once'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['resource', 'ends_at'], name='meeting_bookings'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['person', 'ends_at'], name='meeting_own_bookings'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['held_until'], name='meeting_held'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['ends_at'], name='meeting_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_has_length'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(fields=('form_key', 'starts_at'), name='booking_form_once'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('out_at', None), _negated=True), ('returned_at', None)), fields=('resource',), name='thing_is_out_once'),
        ),
        migrations.AddConstraint(
            model_name='shownhost',
            constraint=models.UniqueConstraint(fields=('centre', 'person'), name='shown_host_once'),
        ),
        migrations.AddIndex(
            model_name='tap',
            index=models.Index(fields=['centre', 'what', 'on_date'], name='meeting_taps'),
        ),
        migrations.AddConstraint(
            model_name='tap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how', ''), ('what', 'came')), models.Q(('is_first', None), ('what', 'left')), _connector='OR'), name='tap_says_one_thing'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['centre', 'on_date', 'starts'], name='meeting_tasks'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['taken_by', 'on_date'], name='meeting_own_tasks'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('starts', None)), ('ends__gt', models.F('starts')), _connector='OR'), name='task_has_length'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('form_key', 'on_date'), name='task_form_once'),
        ),
        migrations.AddIndex(
            model_name='wait',
            index=models.Index(fields=['resource', 'starts_at'], name='meeting_waits'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.UniqueConstraint(fields=('resource', 'person', 'starts_at', 'ends_at'), name='wait_once'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='wait_has_length'),
        ),
        migrations.RunPython(refuse_overlaps, let_them_be, elidable=False),
    ]
